import { Readable } from 'node:stream'
import { GangwayError } from '@gangway/core/errors'
import { z } from 'zod'
import { isDuplicate, isNotFound, JobError } from './api-error.ts'
import type { Connection } from './connection.ts'
import { type Place, placeName } from './names.ts'

const problemSchema = z.object({ reason: z.string().optional(), message: z.string().optional() })
const jobSchema = z.object({
  status: z.object({
    state: z.string(),
    errorResult: problemSchema.optional(),
    errors: z.array(problemSchema).default([]),
  }),
})
type JobStatus = z.output<typeof jobSchema>['status']

export interface Load {
  /** The same for every attempt. */
  id: string
  place: Place
  /** One row a line. */
  ndjson: string
}

const FIRST_LOOK_MS = 250
const LONGEST_PAUSE_MS = 2000
/** Longer than any stage waits; a job of a few rows takes seconds. */
const GIVE_UP_MS = 5 * 60_000

/**
 * Loads the rows once, however often it is called: BigQuery takes an id once, and an id is followed by the next one only when
 * its job has failed, which has loaded nothing. Throws a JobError when the job fails.
 */
export async function runLoadJob(connection: Connection, load: Load): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const id = `${load.id}-${attempt}`
    // Most are the first: only what follows a failed one is looked for before it is sent.
    const earlier = attempt > 1 ? await findJob(connection, id) : undefined
    const { status, isNew } = earlier ? { status: earlier, isNew: false } : await insert(connection, load, id)
    if (!isNew && status.errorResult) continue
    return finish(connection, id, status)
  }
}

async function insert(connection: Connection, load: Load, id: string): Promise<{ status: JobStatus; isNew: boolean }> {
  // Each load counts as a change of its table.
  await connection.pacer.wait('table', placeName(load.place))
  try {
    return { status: await upload(connection, load, id), isNew: true }
  } catch (error) {
    const status = isDuplicate(error) ? await findJob(connection, id) : undefined
    if (!status) throw error
    return { status, isNew: false }
  }
}

/** In one request, so that the job is there with its rows or not at all. */
async function upload({ client, projectId, location, answer }: Connection, { place, ndjson }: Load, jobId: string) {
  const { dataset: datasetId, table: tableId } = place
  const job = {
    jobReference: { projectId, jobId, location },
    configuration: {
      load: {
        destinationTable: { projectId, datasetId, tableId },
        sourceFormat: 'NEWLINE_DELIMITED_JSON',
        createDisposition: 'CREATE_NEVER',
        writeDisposition: 'WRITE_APPEND',
      },
    },
  }
  const parts = [
    { 'Content-Type': 'application/json', body: JSON.stringify(job) },
    { 'Content-Type': 'application/octet-stream', body: Readable.from([ndjson], { objectMode: false }) },
  ]
  const uri = `${client.apiEndpoint}/upload/bigquery/v2/projects/${projectId}/jobs`
  const reply = Promise.withResolvers<unknown>()
  client.request({ method: 'POST', uri, qs: { uploadType: 'multipart' }, multipart: parts }, (error, body: unknown) =>
    error ? reply.reject(error) : reply.resolve(body),
  )
  return jobSchema.parse(await answer(reply.promise)).status
}

async function findJob({ client, location, answer }: Connection, id: string): Promise<JobStatus | undefined> {
  try {
    const [metadata] = await answer(client.job(id, { location }).getMetadata())
    return jobSchema.parse(metadata).status
  } catch (error) {
    if (isNotFound(error)) return undefined
    throw error
  }
}

async function finish(connection: Connection, id: string, first: JobStatus): Promise<void> {
  const { clock } = connection
  const giveUpAt = clock.now().getTime() + GIVE_UP_MS
  let status: JobStatus | undefined = first
  for (let pause = FIRST_LOOK_MS; status?.state !== 'DONE'; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    if (clock.now().getTime() > giveUpAt)
      throw new GangwayError('WAREHOUSE_UNAVAILABLE', { cause: new Error(`job ${id} is still ${status?.state}`) })
    await clock.sleep(pause)
    status = await findJob(connection, id)
  }
  if (status.errorResult) throw new JobError(id, [status.errorResult, ...status.errors])
}
