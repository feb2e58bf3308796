import { randomBytes } from 'node:crypto'
import type { Clock } from '@gangway/core/ports'
import { MetadataLimit } from './metadata-limit.ts'
import { notFound } from './refusal.ts'
import type { Access, Field, NewTable } from './resources.ts'

/** How the service behaves; may be changed while it runs. */
export interface FakeSettings {
  /** For so long after its creation a table is not found by those who look for it. */
  visibleAfterMs: number
  /** For so long after a table's creation, streamed rows find no table. */
  streamableAfterMs: number
  /** How long a job takes. */
  jobMs: number
  /** Rows on a page of results. */
  pageRows: number
  /** Views that one dataset can let in. https://cloud.google.com/bigquery/quotas#dataset_limits */
  authorizedViews: number
}

export interface FakeTable {
  id: string
  metadata: Omit<NewTable, 'schema' | 'tableReference'>
  fields: Field[]
  version: number
  createdAt: number
}

export interface FakeDataset {
  id: string
  /** The schema in Postgres that holds its tables. */
  schema: string
  labels: Record<string, string>
  description: string | undefined
  location: string
  access: Access[]
  version: number
  createdAt: number
  tables: Map<string, FakeTable>
  /** Its name was used before: rows that are loaded into it vanish. */
  reused: boolean
}

/** What the service knows, but for the rows. */
export class Catalog {
  readonly projectId: string
  readonly clock: Clock
  readonly settings: FakeSettings
  readonly limit: MetadataLimit
  readonly datasets = new Map<string, FakeDataset>()
  /** Every name that a dataset has had. */
  readonly names = new Set<string>()
  readonly #instance = randomBytes(4).toString('hex')
  #schemas = 0

  constructor(projectId: string, clock: Clock) {
    this.projectId = projectId
    this.clock = clock
    this.limit = new MetadataLimit(clock)
    this.settings = { visibleAfterMs: 0, streamableAfterMs: 0, jobMs: 0, pageRows: 10_000, authorizedViews: 2500 }
  }

  now(): number {
    return this.clock.now().getTime()
  }

  newSchema(): string {
    this.#schemas += 1
    return `fake_${this.#instance}_${this.#schemas}`
  }

  dataset(id: string): FakeDataset {
    const found = this.datasets.get(id)
    if (!found) throw notFound(`Dataset ${this.projectId}:${id}`)
    return found
  }

  /** As those find it who look for it. */
  table(datasetId: string, id: string): FakeTable {
    const found = this.dataset(datasetId).tables.get(id)
    if (!found || this.now() < found.createdAt + this.settings.visibleAfterMs)
      throw notFound(`Table ${this.projectId}:${datasetId}.${id}`)
    return found
  }
}

/** Changes with every version, and is the same for the same one. */
export function etagOf({ id, version, createdAt }: { id: string; version: number; createdAt: number }): string {
  return Buffer.from(`${id} ${version} ${createdAt}`).toString('base64')
}
