import { z } from 'zod'
import { isOutdated } from './api-error.ts'
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

/** Entries with a condition are left out, and lost at the next change, where the version is not said. */
const ALL_ENTRIES = { accessPolicyVersion: 3 }

/**
 * Lets views read a dataset for those who may read the views only. The access list is one value that is read, changed and
 * written as a whole, five times in ten seconds at most: whoever comes while a change waits its turn shares it.
 */
export function createViewAuthorizer(connection: Connection, mostViews = MOST_VIEWS) {
  const open = new Map<string, { views: Place[]; done: Promise<void> }>()
  const running = new Map<string, Promise<void>>()

  return async function authorizeView(central: string, view: Place): Promise<void> {
    if (await isAuthorized(connection, central, view)) return
    const waiting = open.get(central)
    if (waiting) {
      waiting.views.push(view)
      return waiting.done
    }
    const views = [view]
    const before = running.get(central) ?? Promise.resolve()
    const done = before
      .catch(() => {})
      .then(async () => {
        await connection.pacer.wait('dataset', central)
        open.delete(central)
        await addViews(connection, { central, views, mostViews })
      })
    open.set(central, { views, done })
    running.set(central, done)
    return done
  }
}

async function isAuthorized(connection: Connection, central: string, view: Place): Promise<boolean> {
  const { has } = await readAccess(connection, central)
  return has(view)
}

interface Addition {
  central: string
  views: readonly Place[]
  mostViews: number
}

async function addViews(connection: Connection, { central, views, mostViews }: Addition): Promise<void> {
  const { client, projectId, pacer, answer, clock, log } = connection
  for (let attempt = 1; ; attempt++) {
    const { etag, access, has } = await readAccess(connection, central)
    const missing = views.filter((view) => !has(view))
    const free = Math.max(0, mostViews - access.filter(({ view }) => view).length)
    for (const view of missing.slice(free)) {
      log.warn(
        { central, view: placeName(view) },
        'The access list is full: this view needs the right to read the central dataset',
      )
    }
    const added = missing.slice(0, free).map((view) => ({ view: { projectId, datasetId: view.dataset, tableId: view.table } }))
    if (added.length === 0) return
    try {
      await answer(client.dataset(central).setMetadata({ access: [...access, ...added], etag }, ALL_ENTRIES))
      return
    } catch (error) {
      if (!isOutdated(error) || attempt === TRIES) throw error
      await clock.sleep(Math.random() * PAUSE_MS)
      await pacer.wait('dataset', central)
    }
  }
}

async function readAccess({ client, projectId, answer }: Connection, central: string) {
  const [metadata] = await answer(client.dataset(central).getMetadata(ALL_ENTRIES))
  const { etag, access } = datasetSchema.parse(metadata)
  const has = ({ dataset, table }: Place) =>
    access.some(({ view }) => view?.projectId === projectId && view.datasetId === dataset && view.tableId === table)
  return { etag, access, has }
}
