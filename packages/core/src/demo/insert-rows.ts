import type { Tx } from '@gangway/db/transaction'
import { getTableColumns, sql } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/** All rows by one statement, however many: as one parameter. Every row has the fields of the first. */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.entries(getTableColumns(table)).filter(([field]) => field in first)
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  )
  const fields = sql.join(
    columns.map(([field]) => sql`given.${sql.identifier(field)}`),
    sql`, `,
  )
  const declared = sql.join(
    columns.map(([field, column]) => sql`${sql.identifier(field)} ${sql.raw(column.getSQLType())}`),
    sql`, `,
  )
  await tx.execute(sql`
    insert into ${table} (${names}) select ${fields}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (${declared})`)
}
