import { createHmac } from 'node:crypto'
import type { Sql } from 'postgres'

/**
 * Migrations run as the owner of the tables. The others own none of them:
 * `app` serves requests, `worker` runs jobs, `warehouse` owns the embedded warehouse's schemas and sees nothing else.
 */
export const ROLES = { app: 'gangway_app', worker: 'gangway_worker', warehouse: 'gangway_warehouse' } as const
export type DatabaseRole = keyof typeof ROLES

/** A role's password is derived, so that no other secret has to be kept for it. */
function rolePassword(rootKey: string, role: DatabaseRole): string {
  return createHmac('sha256', rootKey).update(`postgres-role:${ROLES[role]}`).digest('base64url')
}

/** The owner's address with another role in it. */
export function roleUrl(ownerUrl: string, rootKey: string, role: DatabaseRole): string {
  const url = new URL(ownerUrl)
  url.username = ROLES[role]
  url.password = rolePassword(rootKey, role)
  return url.toString()
}

/** Creates the roles that are missing and gives each its password. Needs CREATEROLE and ownership of the database. */
export async function ensureRoles(sql: Sql, rootKey: string): Promise<void> {
  for (const role of ['app', 'worker', 'warehouse'] as const) {
    const name = ROLES[role]
    const [present] = await sql`select 1 from pg_roles where rolname = ${name}`
    // Neither statement takes parameters; the name is a constant and the password is base64url.
    await sql.unsafe(`${present ? 'alter' : 'create'} role ${name} login password '${rolePassword(rootKey, role)}'`)
  }
  const [{ name: database } = { name: '' }] = await sql<{ name: string }[]>`select current_database() as name`
  await sql`grant create, connect on database ${sql(database)} to ${sql(ROLES.warehouse)}`
  await sql`grant usage on schema public to ${sql(ROLES.app)}, ${sql(ROLES.worker)}`
}
