import { fileURLToPath } from 'node:url'
import { sql } from 'drizzle-orm'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { type Db, openSql } from './client.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))

let hashes: readonly string[] | undefined

/** Whether the database has every migration of this version; it may have newer ones. Asks as the application's role. */
export async function isMigrated(db: Db): Promise<boolean> {
  hashes ??= readMigrationFiles({ migrationsFolder: MIGRATIONS }).map(({ hash }) => hash)
  const rows = await db.execute<{ hash: string }>(sql`select hash from drizzle.__drizzle_migrations`)
  const applied = new Set(rows.map(({ hash }) => hash))
  return hashes.every((hash) => applied.has(hash))
}

export interface MigrationState {
  /** How many there are in this version of the product. */
  known: number
  /** How many of them the database has. */
  applied: number
}

/** How far a database is brought up to date. `ownerUrl` is the address of the tables' owner; throws the driver's errors. */
export async function migrationState(ownerUrl: string): Promise<MigrationState> {
  const known = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  const owner = openSql({ url: ownerUrl, name: 'gangway-migration-state' })
  try {
    const [there] = await owner`select to_regclass('drizzle.__drizzle_migrations') is not null as made`
    if (!there?.['made']) return { known: known.length, applied: 0 }
    const rows = await owner<{ hash: string }[]>`select hash from drizzle.__drizzle_migrations`
    const applied = new Set(rows.map(({ hash }) => hash))
    return { known: known.length, applied: known.filter(({ hash }) => applied.has(hash)).length }
  } finally {
    await owner.end()
  }
}
