import { randomBytes } from 'node:crypto'
import type { Sql } from 'postgres'
import { afterAll, inject } from 'vitest'
import { connect, type Db, openSql } from '../client.ts'
import { roleUrl, ROLES } from '../roles.ts'
// Declares what the set-up provides.
import type {} from './global-setup.ts'

export interface TestDatabase {
  /** As the application's role, which owns nothing. */
  db: Db
  /** Raw SQL as the superuser, to arrange and to look. */
  sql: Sql
  urls: { owner: string; app: string; worker: string; warehouse: string }
  rootKey: string
}

/**
 * A database of the calling file's own, cloned from the migrated template. It is dropped at the end, and a
 * connection that is still open then fails the file.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  const rootKey = inject('testRootKey')
  const at = (url: string, database: string) => Object.assign(new URL(url), { pathname: `/${database}` }).toString()
  const superuserUrl = inject('superuserUrl')
  const admin = openSql({ url: at(superuserUrl, 'postgres'), name: 'test-admin' })
  await admin.unsafe(`create database ${name} template gangway strategy file_copy owner gangway_owner`)
  // Rights on a database itself are not cloned with it.
  await admin.unsafe(`grant create, connect on database ${name} to ${ROLES.warehouse}`)

  const owner = at(inject('ownerUrl'), name)
  const urls = {
    owner,
    app: roleUrl(owner, rootKey, 'app'),
    worker: roleUrl(owner, rootKey, 'worker'),
    warehouse: roleUrl(owner, rootKey, 'warehouse'),
  }
  const connection = connect({ url: urls.app, name: 'test-app' })
  const sql = openSql({ url: at(superuserUrl, name), name: 'test-superuser', max: 4 })

  afterAll(async () => {
    await Promise.all([connection.close(), sql.end()])
    const left = await admin<{ application_name: string }[]>`
      select application_name from pg_stat_activity where datname = ${name}`
    await admin.unsafe(`drop database ${name} with (force)`)
    await admin.end()
    if (left.length > 0) throw new Error(`Connections were left open: ${left.map((row) => row.application_name).join(', ')}`)
  })

  return { db: connection.db, sql, urls, rootKey }
}
