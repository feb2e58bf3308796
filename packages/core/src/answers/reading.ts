import type { Tx } from '@gangway/db/transaction'
import type { AnswersFilter } from '@gangway/schemas/answers'
import { sql } from 'drizzle-orm'

/**
 * How the rows of a filter are read. `in_order`: an index gives the order, and what does not fit is passed over.
 * `gathered`: all that fit, which are few, are found by indexes that know no order, and sorted.
 */
export const READINGS = ['in_order', 'gathered'] as const
export type Reading = (typeof READINGS)[number]

/** Answers and words stand in lists inside of a row: indexes of these know no order. */
export function isListed({ answers = [], text }: AnswersFilter): boolean {
  return answers.length > 0 || Boolean(text)
}

/**
 * For the rest of the transaction. Of what is rare, the planner knows nothing but that, and would pass over a million rows
 * to find none; of what is common and of something else, it expects too little, and would gather half of them.
 */
export function steer(tx: Tx, reading: Reading) {
  const gathers = reading === 'gathered'
  const settings = {
    enable_seqscan: false,
    enable_bitmapscan: gathers,
    enable_indexscan: !gathers,
    enable_indexonlyscan: !gathers,
  }
  const switches = Object.entries(settings).map(([name, on]) => sql`set_config(${name}, ${on ? 'on' : 'off'}, true)`)
  // With less, Postgres forgets which rows of a page are meant, and looks at all of them.
  return tx.execute(sql`select set_config('work_mem', '64MB', true), ${sql.join(switches, sql`, `)}`)
}
