import postgres from 'postgres'
import { openSql } from '../client.ts'

export const SUPERUSER = 'postgres'
const OWNER = 'gangway_owner'
const DATABASE = 'gangway'
const SETUP_LOCK = 7_226_490

export function superuserUrl(port: number, password: string, database: string = DATABASE): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`
}

/** The address of the owner of the tables. */
export function ownerUrl(port: number, password: string): string {
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`
}

/** False while the server does not listen or still recovers. Throws when it answers and the password is not its own. */
export async function answers(url: string): Promise<boolean> {
  const sql = openSql({ url, name: 'gangway-probe' })
  try {
    await sql`select 1`
    return true
  } catch (error) {
    if (error instanceof postgres.PostgresError && error.code === '28P01') throw new WrongPassword()
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

class WrongPassword extends Error {
  constructor() {
    super(
      'The embedded database refuses its password: the secrets in the data folder were lost or changed since it was made. ' +
        'Put them back, or move the data folder away to begin anew.',
    )
  }
}

/** Creates the owner of the tables and its database where they are missing. */
export async function ensureDatabase(port: number, password: string): Promise<void> {
  const sql = openSql({ url: superuserUrl(port, password, 'postgres'), name: 'gangway-setup' })
  try {
    // Two processes may start the same server at once.
    await sql`select pg_advisory_lock(${SETUP_LOCK})`
    const [owner] = await sql`select 1 from pg_roles where rolname = ${OWNER}`
    // Made by this product as base64url or hexadecimal: nothing in it needs quoting.
    if (!owner) await sql.unsafe(`create role ${OWNER} login createdb createrole password '${password}'`)
    const [database] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!database) await sql.unsafe(`create database ${DATABASE} owner ${OWNER}`)
  } finally {
    await sql.end()
  }
}
