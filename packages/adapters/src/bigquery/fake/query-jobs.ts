import { readerOf } from './access.ts'
import type { Call } from './call.ts'
import { describeJob, type Job } from './jobs.ts'
import { parseBody } from './parse.ts'
import { notFound } from './refusal.ts'
import { queryJobSchema, queryRequestSchema } from './resources.ts'
import { translateQuery } from './sql/translate.ts'
import { apiRows } from './api-rows.ts'

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query: how long it waits where nobody says. */
const WAIT_MS = 10_000

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query */
export async function query({ service, request }: Call) {
  const body = parseBody(queryRequestSchema, request.body)
  const id = `job_${body.requestId}`
  const location = body.location ?? 'US'
  await start(service, { id, location, text: body.query, parameters: body.queryParameters, reader: readerOf(request.headers) })
  return page(service, await service.jobs.wait(id, body.timeoutMs ?? WAIT_MS), { from: 0, size: body.maxResults })
}

export async function insertQueryJob({ service, request }: Call) {
  const { jobReference, configuration } = parseBody(queryJobSchema, request.body)
  const { query: text, queryParameters: parameters } = configuration.query
  const location = jobReference.location ?? 'US'
  const reader = readerOf(request.headers)
  return describeJob(service.catalog, await start(service, { id: jobReference.jobId, location, text, parameters, reader }))
}

export async function getJob({ service, at }: Call) {
  return describeJob(service.catalog, await service.jobs.get(at.job))
}

export async function cancelJob({ service, at }: Call) {
  return { kind: 'bigquery#jobCancelResponse', job: describeJob(service.catalog, await service.jobs.cancel(at.job)) }
}

export async function getQueryResults({ service, request, at }: Call) {
  const ms = Number(request.query.get('timeoutMs') ?? WAIT_MS)
  const job = await service.jobs.wait(at.job, ms)
  const size = request.query.get('maxResults')
  const from = Number(request.query.get('pageToken') ?? 0)
  return page(service, job, { from, size: size === null ? undefined : Number(size) })
}

type Start = Parameters<typeof translateQuery>[1] & { id: string; location: string }

async function start({ catalog, storage, jobs }: Call['service'], { id, location, ...asked }: Start): Promise<Job> {
  await jobs.finishDue()
  // What is wrong with the text or its tables is said at once, and there is no job then.
  const translated = translateQuery(catalog, asked)
  for (const { location: home, id: dataset } of catalog.datasets.values()) {
    if (asked.text.includes(`.${dataset}.`) && home !== location)
      throw notFound(`Dataset ${catalog.projectId}:${dataset} was not found in location ${location}`)
  }
  const configuration = { jobType: 'QUERY', query: { query: asked.text, useLegacySql: false } }
  return jobs.insert({ id, location, configuration, work: () => storage.run(translated) })
}

function page({ catalog }: Call['service'], job: Job, { from, size }: { from: number; size: number | undefined }) {
  if (job.error) throw job.error
  const shared = { kind: 'bigquery#queryResponse', jobReference: describeJob(catalog, job).jobReference }
  if (job.state !== 'DONE') return { ...shared, jobComplete: false }
  const { fields, rows } = job.results ?? { fields: [], rows: [] }
  const end = from + Math.min(size ?? catalog.settings.pageRows, catalog.settings.pageRows)
  const more = end < rows.length ? { pageToken: String(end) } : {}
  const shown = apiRows(fields, rows.slice(from, end))
  return { ...shared, jobComplete: true, schema: { fields }, rows: shown, totalRows: String(rows.length), ...more }
}
