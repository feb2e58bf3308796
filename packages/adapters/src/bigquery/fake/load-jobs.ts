import type { Call } from './call.ts'
import { describeJob } from './jobs.ts'
import { parseBody } from './parse.ts'
import { invalid, notFound, Refusal } from './refusal.ts'
import { loadJobSchema } from './resources.ts'
import { rowProblem } from './row-rules.ts'
import { readUpload } from './upload.ts'

type LoadJob = ReturnType<typeof parseBody<typeof loadJobSchema>>

export function insertLoadJob({ service, request }: Call) {
  const { catalog, jobs } = service
  const upload = readUpload(request)
  const { jobReference, configuration } = parseBody(loadJobSchema, upload.metadata)
  const { datasetId } = configuration.load.destinationTable
  const { location } = catalog.dataset(datasetId)
  if (jobReference.location !== undefined && jobReference.location !== location)
    throw notFound(`Dataset ${catalog.projectId}:${datasetId} was not found in location ${jobReference.location}`)
  const work = () => load(service, configuration.load.destinationTable, upload.content)
  const job = jobs.insert({ id: jobReference.jobId, location, configuration: { ...configuration, jobType: 'LOAD' }, work })
  return describeJob(catalog, job)
}

async function load(
  { catalog, storage }: Call['service'],
  { datasetId, tableId }: LoadJob['configuration']['load']['destinationTable'],
  content: string,
): Promise<undefined> {
  const table = catalog.table(datasetId, tableId)
  const { schema, reused } = catalog.dataset(datasetId)
  if (table.metadata.view) throw invalid(`Cannot load into ${datasetId}.${tableId}: it is a view.`)
  const rows = content.split('\n').filter((line) => line.trim() !== '')
  const parsed = rows.map(parseRow)
  for (const [index, row] of parsed.entries()) {
    const problem = rowProblem(table.fields, row)
    const start = rows.slice(0, index).reduce((length, line) => length + line.length + 1, 0)
    if (problem)
      throw invalid(
        `Error while reading data, error message: JSON parsing error in row starting at position ${start}: ${problem}`,
      )
  }
  spend(() => catalog.limit.spend('table', `${datasetId}.${tableId}`))
  if (!reused) await storage.append({ schema, table: tableId, rows: parsed })
}

/** A job meets the same limit under another name. */
function spend(take: () => void): void {
  try {
    take()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal({ status: 400, reason: 'jobRateLimitExceeded', message: `Job exceeded rate limits: ${error.message}` })
  }
}

function parseRow(line: string): object {
  try {
    const row: unknown = JSON.parse(line)
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return row
  } catch {
    // Answered below, with the rest that is no object.
  }
  throw invalid('Error while reading data, error message: JSON parsing error: the row is not a JSON object.')
}
