import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { openSql } from '../client.ts'
import { startEmbeddedPostgres } from '../embedded/index.ts'
import { migrate } from '../migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    superuserUrl: string
    ownerUrl: string
    testRootKey: string
  }
}

/** One throw-away cluster for the whole run, in memory where the machine has it; its migrated database is every file's template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'gangway-test-'))
  await chmod(folder, 0o755)
  const rootKey = randomBytes(24).toString('base64url')
  const postgres = await startEmbeddedPostgres({ dataDir: folder, password: randomBytes(12).toString('hex'), disposable: true })
  await migrate({ ownerUrl: postgres.ownerUrl, rootKey })
  const sql = openSql({ url: postgres.superuserUrl.replace(/\/gangway$/, '/postgres'), name: 'gangway-template' })
  await sql`alter database gangway is_template true`
  await sql.end()
  project.provide('superuserUrl', postgres.superuserUrl)
  project.provide('ownerUrl', postgres.ownerUrl)
  project.provide('testRootKey', rootKey)
  return async () => {
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
