import type { Clock } from '@gangway/core/ports'
import { type FakeReply, type FakeRequest, type FakeServer, startFakeServer } from '../../fake-server/fake-server.ts'
import { Catalog, type FakeSettings } from './catalog.ts'
import { Jobs } from './jobs.ts'
import { invalid, notFound, Refusal, refusalBody, type RefusalShape } from './refusal.ts'
import { findRoute } from './routes.ts'
import { openStorage } from './storage.ts'

export interface FakeBigQueryOptions {
  projectId: string
  /** Where the rows are, and the queries run: as a role that may create schemas there. */
  postgresUrl: string
  /** Limits, delays and jobs go by it. */
  clock: Clock
  port?: number
}

export interface FakeBigQuery extends FakeServer {
  settings: FakeSettings
  /** The next job fails with this, its work undone. */
  failNextJob(failure: RefusalShape): void
  /** How many updates of metadata came too fast. */
  readonly rateLimited: number
  /** The names of all datasets. */
  readonly datasets: readonly string[]
  /** The views that a dataset lets in, as `dataset.view`. */
  authorizedViews(dataset: string): string[]
}

/**
 * BigQuery's REST API on this machine, as far as its description and its documents tell: it holds state, checks what it is
 * sent, and answers with the documented errors. Queries run on Postgres.
 */
export async function startFakeBigQuery({ projectId, postgresUrl, clock, port }: FakeBigQueryOptions): Promise<FakeBigQuery> {
  const storage = await openStorage(postgresUrl)
  const catalog = new Catalog(projectId, clock)
  const jobs = new Jobs(catalog)

  async function answer(request: FakeRequest): Promise<FakeReply> {
    try {
      const route = findRoute(request.method, request.path)
      if (!route) throw invalid(`Nothing is played at ${request.method} ${request.path}.`)
      if (route.projectId !== projectId) throw notFound(`Project ${route.projectId}`)
      const body = await route.handler({ service: { catalog, storage, jobs }, request, at: route.at })
      return body ? { status: 200, body } : { status: 204 }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return { status: error.status, body: refusalBody(error) }
    }
  }

  const server = await startFakeServer(answer, port === undefined ? {} : { port })
  return {
    ...server,
    settings: catalog.settings,
    failNextJob: (failure) => jobs.failNext(failure),
    get rateLimited() {
      return catalog.limit.refused
    },
    get datasets() {
      return [...catalog.datasets.keys()]
    },
    authorizedViews: (dataset) =>
      catalog.dataset(dataset).access.flatMap(({ view }) => (view ? [`${view.datasetId}.${view.tableId}`] : [])),
    async close() {
      await server.close()
      await storage.close()
    },
  }
}
