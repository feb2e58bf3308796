import { openSql } from '@gangway/db/client'
import type { Cluster, Database } from '../cluster.ts'
import { fillAnswers } from './fill.ts'

/** A database with so many snapshots; says how long they took. */
export async function filledDatabase(cluster: Cluster, snapshots: number): Promise<Database> {
  const database = await cluster.database('bench_answers')
  const sql = openSql({ url: database.superuserUrl, name: 'bench-fill' })
  const began = performance.now()
  await fillAnswers(sql, snapshots)
  const [size] = await sql<{ text: string }[]>`
    select pg_size_pretty(pg_table_size('onboarding_answer_snapshots')) || ', indexes ' || pg_size_pretty(pg_indexes_size('onboarding_answer_snapshots')) as text`
  await sql.end()
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(`answers   ${snapshots.toLocaleString('en-US')} snapshots, made in ${seconds} s; ${size?.text}`)
  return database
}
