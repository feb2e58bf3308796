import { createHash } from 'node:crypto'
import { GangwayError } from '@gangway/core/errors'
import type { DatasetLabels } from '@gangway/core/ports'

/** As in every warehouse, so that a workspace can move from one to another. */
const DATASET = /^[a-z][a-z0-9_]{2,61}$/
const NAME = /^[a-z][a-z0-9_]{0,62}$/

export interface Place {
  dataset: string
  table: string
}

/** Throws INPUT_INVALID for what would break out of a query or a path. */
export function datasetId(name: string): string {
  return matching(DATASET, name)
}

export function nameId(name: string): string {
  return matching(NAME, name)
}

/** `dataset.table`, checked. */
export function placeName({ dataset, table }: Place): string {
  return `${datasetId(dataset)}.${nameId(table)}`
}

/** The whole name in a query, quoted. */
export function tablePath(projectId: string, place: Place): string {
  return `\`${projectId}.${placeName(place)}\``
}

/** https://cloud.google.com/bigquery/docs/labels-intro#requirements: lower case, and 63 characters at most. */
const LABEL = /^[a-z0-9_-]{1,63}$/

export function datasetLabels({ org, run }: DatasetLabels): Record<string, string> {
  return { gangway_org: labelValue(org), gangway_run: labelValue(run) }
}

/** Text that no label can hold is told apart by its hash. */
function labelValue(text: string): string {
  return LABEL.test(text) ? text : `sha256-${createHash('sha256').update(text).digest('hex').slice(0, 48)}`
}

/** Ids of jobs are shared by the whole project, those of load jobs by one dataset. Followed by the number of the attempt. */
export function bigQueryJobId(dataset: string, jobId: string): string {
  const hash = createHash('sha256').update(`${dataset} ${jobId}`).digest('hex').slice(0, 40)
  return `gangway-${datasetId(dataset)}-${hash}`
}

function matching(pattern: RegExp, name: string): string {
  if (!pattern.test(name)) throw new GangwayError('INPUT_INVALID', { cause: new Error(`not a name: ${name}`) })
  return name
}
