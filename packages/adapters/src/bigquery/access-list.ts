import { z } from 'zod'
import { isNotFound, isOutdated } from './api-error.ts'
import type { Connection } from './connection.ts'
import { type Place, placeName } from './names.ts'

/** https://cloud.google.com/bigquery/quotas#dataset_limits */
const MOST_VIEWS = 2500
/** Each time, another process was faster: with three of them, every third try wins. */
const TRIES = 8
const PAUSE_MS = 1000

const viewSchema = z.object({ projectId: z.string(), datasetId: z.string(), tableId: z.string() })
const datasetSchema = z.object({
  etag: z.string(),
  /** Entries of other kinds go back as they came. */
  access: z.array(z.looseObject({ view: viewSchema.optional() })).default([]),
})
type Entry = z.output<typeof datasetSchema>['access'][number]

/** Entries with a condition are left out, and lost at the next change, where the version is not said. */
const ALL_ENTRIES = { accessPolicyVersion: 3 }

interface Change {
  central: string
  /** Views to let in, by name. */
  views: Map<string, Place>
  /** Datasets whose views are shut out. */
  datasets: Set<string>
}

/**
 * Lets views read a dataset for those who may read the views only, and takes that back. The access list is one value that is
 * read, changed and written as a whole, five times in ten seconds at most: whoever comes while a change waits its turn
 * shares it.
 */
export function createAccessLists(connection: Connection, mostViews = MOST_VIEWS) {
  const open = new Map<string, Change & { done: Promise<void> }>()
  const running = new Map<string, Promise<void>>()

  /** The change that waits its turn; a new one where there is none. */
  function nextChange(central: string) {
    const waiting = open.get(central)
    if (waiting) return waiting
    const change = { central, views: new Map<string, Place>(), datasets: new Set<string>() }
    const before = running.get(central) ?? Promise.resolve()
    const done = before
      .catch(() => {})
      .then(async () => {
        await connection.pacer.wait('dataset', central)
        open.delete(central)
        await write(connection, change, mostViews)
      })
    running.set(central, done)
    const opened = { ...change, done }
    open.set(central, opened)
    return opened
  }

  return {
    async letIn(central: string, view: Place): Promise<void> {
      const { access } = await read(connection, central)
      if (access.some((entry) => isOf(connection, entry, view.dataset) && entry.view?.tableId === view.table)) return
      const change = nextChange(central)
      change.views.set(placeName(view), view)
      await change.done
    },
    /** Before the dataset is deleted: an entry of a view that is gone takes a place, and no list with it is accepted. */
    async shutOut(central: string, dataset: string): Promise<void> {
      const { access } = await read(connection, central)
      if (!access.some((entry) => isOf(connection, entry, dataset))) return
      const change = nextChange(central)
      change.datasets.add(dataset)
      await change.done
    },
  }
}

async function write(connection: Connection, change: Change, mostViews: number): Promise<void> {
  const { client, clock, pacer, answer } = connection
  const { central } = change
  for (let attempt = 1; ; attempt++) {
    const { etag, access } = await read(connection, central)
    const wanted = changed(connection, { access, change, mostViews })
    if (wanted === access) return
    try {
      await answer(client.dataset(central).setMetadata({ access: wanted, etag }, ALL_ENTRIES))
      return
    } catch (error) {
      const gone = isNotFound(error) ? await deletedDatasets(connection, access) : []
      if (attempt === TRIES || (!isOutdated(error) && gone.length === 0)) throw error
      for (const dataset of gone) change.datasets.add(dataset)
      await clock.sleep(Math.random() * PAUSE_MS)
      await pacer.wait('dataset', central)
    }
  }
}

interface Wish {
  access: Entry[]
  change: Change
  mostViews: number
}

/** The list as it should be; the same one when nothing is to be done. */
function changed(connection: Connection, { access, change, mostViews }: Wish): Entry[] {
  const { projectId, log } = connection
  const { central, views, datasets } = change
  const kept = access.filter((entry) => ![...datasets].some((dataset) => isOf(connection, entry, dataset)))
  const present = new Set(kept.flatMap(({ view }) => (view?.projectId === projectId ? `${view.datasetId}.${view.tableId}` : [])))
  const missing = [...views].filter(([name, { dataset }]) => !present.has(name) && !datasets.has(dataset))
  const free = Math.max(0, mostViews - kept.filter(({ view }) => view).length)
  for (const [view] of missing.slice(free)) {
    log.warn({ central, view }, 'The access list is full: this view needs the right to read the central dataset')
  }
  const added = missing
    .slice(0, free)
    .map(([, { dataset, table }]) => ({ view: { projectId, datasetId: dataset, tableId: table } }))
  return added.length === 0 && kept.length === access.length ? access : [...kept, ...added]
}

function isOf({ projectId }: Connection, { view }: Entry, dataset: string): boolean {
  return view?.projectId === projectId && view.datasetId === dataset
}

/** Those that the list still names: somebody has deleted them in another way. */
async function deletedDatasets({ client, projectId, answer }: Connection, access: readonly Entry[]): Promise<string[]> {
  const [datasets] = await answer(client.getDatasets({ maxResults: 1000 }))
  const present = new Set(datasets.map(({ id }) => id))
  const named = access.flatMap(({ view }) => (view?.projectId === projectId ? view.datasetId : []))
  return named.filter((dataset) => !present.has(dataset))
}

async function read({ client, answer }: Connection, central: string) {
  const [metadata] = await answer(client.dataset(central).getMetadata(ALL_ENTRIES))
  return datasetSchema.parse(metadata)
}
