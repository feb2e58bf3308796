import type { Clock, Ids, Jobs } from '@gangway/core/ports'
import type { Db } from '@gangway/db/client'

export interface SandboxContext {
  db: Db
  clock: Clock
  ids: Ids
  jobs: Jobs
  webhookSecret: string
  /** Where the checkout page is, without a slash at the end. */
  webUrl: string
}

export const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
