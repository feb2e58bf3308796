import { fileURLToPath } from 'node:url'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { openSql } from './client.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

export interface MigrationState {
  /** How many there are in this version of the product. */
  known: number
  /** How many of them the database has. */
  applied: number
}

/** How far a database is brought up to date. `ownerUrl` is the address of the tables' owner; throws the driver's errors. */
export async function migrationState(ownerUrl: string): Promise<MigrationState> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  const sql = openSql({ url: ownerUrl, name: 'gangway-migration-state' })
  try {
    const [there] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as made`
    if (!there?.['made']) return { known: known.length, applied: 0 }
    const rows = await sql<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`
    const applied = new Set(rows.map(({ hash }) => hash))
    return { known: known.length, applied: known.filter(({ hash }) => applied.has(hash)).length }
  } finally {
    await sql.end()
  }
}
