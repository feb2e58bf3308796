import type { Db } from '@gangway/db/client'
import { inSnapshot, inTransaction, sqlState, type Tx } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'

type Work<Result> = (tx: Tx) => Promise<Result>

/** A transaction whose statements may take so long each. Throws FILTER_TOO_BROAD where one takes longer. */
export function withinTime<Result>(db: Db, ms: number, work: Work<Result>): Promise<Result> {
  return limited(ms, work, (begun) => inTransaction(db, begun))
}

/** The same, for several reads that have to tell of the same moment. */
export function snapshotWithinTime<Result>(db: Db, ms: number, work: Work<Result>): Promise<Result> {
  return limited(ms, work, (begun) => inSnapshot(db, begun))
}

async function limited<Result>(ms: number, work: Work<Result>, begin: (begun: Work<Result>) => Promise<Result>): Promise<Result> {
  try {
    return await begin(async (tx) => {
      const limiting = tx.execute(sql`select set_config('statement_timeout', ${String(ms)}, true)`)
      const [, result] = await Promise.all([limiting, work(tx)])
      return result
    })
  } catch (error) {
    if (sqlState(error) === '57014') throw new GangwayError('FILTER_TOO_BROAD', { cause: error })
    throw error
  }
}
