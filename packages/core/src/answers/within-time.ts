import type { Db } from '@gangway/db/client'
import { inTransaction, sqlState, type Tx } from '@gangway/db/transaction'
import { sql } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'

/** A transaction whose statements may take so long each. Throws FILTER_TOO_BROAD where one takes longer. */
export async function withinTime<Result>(db: Db, ms: number, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  try {
    return await inTransaction(db, async (tx) => {
      const limited = tx.execute(sql`select set_config('statement_timeout', ${String(ms)}, true)`)
      const [, result] = await Promise.all([limited, work(tx)])
      return result
    })
  } catch (error) {
    if (sqlState(error) === '57014') throw new GangwayError('FILTER_TOO_BROAD', { cause: error })
    throw error
  }
}
