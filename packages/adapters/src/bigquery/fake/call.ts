import type { FakeRequest } from '../../fake-server/fake-server.ts'
import type { Catalog } from './catalog.ts'
import type { Jobs } from './jobs.ts'
import type { Storage } from './storage.ts'

/** What a request is answered from. */
export interface Service {
  catalog: Catalog
  storage: Storage
  jobs: Jobs
}

export interface Call {
  service: Service
  request: FakeRequest
  /** What the path names. */
  at: { dataset: string; table: string; job: string }
}

/** Answers the body of the reply; undefined is 204. */
export type Handler = (call: Call) => Promise<object | undefined> | object | undefined
