import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbeddedPostgres } from '@gangway/db/embedded'
import { bootstrapReportSchema } from '@gangway/schemas/bootstrap'
import { dryRunResultSchema } from '@gangway/schemas/dry-run'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../config/config.ts'
import { ended, startGangway } from '../testing/gangway.ts'

const PATIENCE_MS = 90_000

/** Of this file's own: the commands start and stop the embedded database in it. */
const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-cli-'))
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

const gangway = (...args: string[]) => ended(startGangway({ DATA_DIR: dataDir }, args))

const dryRunOf = (tenantId: string, plan = 'STARTER') => [
  ...['dryrun', '--tenant-id', tenantId, '--company', 'Acme Corp'],
  ...['--email', 'ada@example.com', '--plan', plan],
]

describe('gangway', () => {
  it(
    'tells wrong usage from failure, and helps',
    async () => {
      const wrong = await Promise.all([
        gangway('nonsense'),
        gangway('dryrun', '--plan', 'STARTER'),
        gangway('bootstrap', '--colour'),
        gangway(),
      ])
      expect(wrong.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [2, '']))
      expect(wrong[1]?.err).toContain("required option '--company <name>'")
      const [all, one] = await Promise.all([gangway('--help'), gangway('bootstrap', '--help')])
      expect([all.code, one.code]).toEqual([0, 0])
      expect(all.out).toMatch(/bootstrap[^]*dryrun/)
      expect(one.out).toContain('--json')
      expect(existsSync(path.join(dataDir, 'secrets.json'))).toBe(false)
    },
    PATIENCE_MS,
  )

  it(
    'finds a warehouse that is not set up, sets it up, and leaves nothing running',
    async () => {
      const before = await gangway('bootstrap', '--status', '--json')
      expect([before.code, JSON.parse(before.out)]).toMatchObject([1, { status: 'NOT_SYNCED', tables_present: 0 }])
      // Two at once: one waits for the other, for each starts and stops the database.
      const both = await Promise.all([gangway('bootstrap', '--json'), gangway('bootstrap', '--json')])
      expect(both.map(({ code }) => code)).toEqual([0, 0])
      const reports = both.map(({ out }) => bootstrapReportSchema.parse(JSON.parse(out)))
      const states = reports.map(({ tables }) => [...new Set(tables.map(({ state }) => state))].join())
      expect(states.toSorted()).toEqual(['created', 'present'])
      const second = await gangway('bootstrap')
      expect(second.code).toBe(0)
      expect(second.out.split('\n')[0]).toBe(' 1/21  present org_profiles')
      expect(second.out).toMatch(/SYNCED: 21 of 21 tables are there\.\nCreated: 0\.\n$/)
      // No colour and no bar where nobody looks.
      expect(second.out).not.toMatch(/[\r\u001B]/)
      expect(existsSync(path.join(dataDir, 'gangway.pid'))).toBe(false)
      expect(existsSync(path.join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false)
    },
    PATIENCE_MS,
  )

  it(
    'says whether a tenant could be onboarded, beside a product that runs and is left running',
    async () => {
      const { secrets } = loadConfig({ DATA_DIR: dataDir })
      const postgres = await startEmbeddedPostgres({ dataDir, password: secrets.postgresPassword })
      const product = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 600_000)', 'cli.ts'], { stdio: 'ignore' })
      const claim = path.join(dataDir, 'gangway.pid')
      writeFileSync(claim, `${product.pid} product\n`)
      try {
        const ready = await gangway(...dryRunOf('acme'))
        expect(ready.code).toBe(0)
        expect(ready.out).toMatch(/^ {2}skipped {2}gcp_credentials /m)
        expect(ready.out).toMatch(/^ {2}create {2}dataset +acme_<8 random characters>$/m)
        expect(ready.out).toMatch(/\nReady for onboarding\. Nothing was created\.\n$/)

        const refused = await gangway(...dryRunOf('Not A Slug', 'GOLD'), '--json')
        const result = dryRunResultSchema.parse(JSON.parse(refused.out))
        expect([refused.code, result.status, result.validation_summary.failed]).toEqual([1, 'failed', 2])
        expect(postgres.isRunning()).toBe(true)
        expect(readFileSync(claim, 'utf8')).toBe(`${product.pid} product\n`)
      } finally {
        product.kill()
        rmSync(claim, { force: true })
        await postgres.stop()
      }
    },
    PATIENCE_MS,
  )

  it(
    'says in words, and in JSON where that was asked for, why it failed',
    async () => {
      writeFileSync(path.join(dataDir, 'secrets.json'), 'damaged')
      const words = await gangway('bootstrap')
      expect([words.code, words.out]).toEqual([1, ''])
      expect(words.err).toContain('secrets.json is damaged')
      expect(words.err).not.toContain('    at ')
      const json = await gangway('bootstrap', '--json')
      expect([json.code, JSON.parse(json.out)]).toMatchObject([1, { error: 'CONFIG_INVALID' }])
    },
    PATIENCE_MS,
  )
})
