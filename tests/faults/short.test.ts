import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, inject, it, vi } from 'vitest'
import { alone, straight } from './flows.ts'
import { seeded } from './random.ts'
import { Report } from './report.ts'
import { callers } from './scenarios/callers.ts'
import { cut } from './scenarios/cut.ts'
import { freezeThrough, freezeUntilOvertaken } from './scenarios/freeze.ts'
import { killAt } from './scenarios/kill.ts'
import { openSite } from './site.ts'
import type { Suite } from './suite.ts'

// A handful of what `npm run test:faults` tries: enough to notice when a guarantee goes, in a few seconds.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })
const database = await testDatabase()
const seed = Math.floor(Math.random() * 2 ** 31)
const folder = await mkdtemp(path.join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'gangway-faults-'))
const place = { ownerUrl: database.urls.owner, superuserUrl: superuserUrl(), rootKey: database.rootKey, folder }
const site = await openSite(place, seeded(seed))
afterAll(async () => {
  await site.close()
  await gone()
  await rm(folder, { recursive: true, force: true })
})

function superuserUrl(): string {
  return Object.assign(new URL(inject('superuserUrl')), { pathname: new URL(database.urls.owner).pathname }).toString()
}

/** What killed processes had open, Postgres closes in its own time. */
async function gone(): Promise<void> {
  const open = () =>
    database.sql`select 1 from pg_stat_activity where datname = current_database() and application_name not like 'test-%'`
  for (const end = Date.now() + 10_000; Date.now() < end && (await open()).length > 0;) await delay(20)
}

/** Runs a scenario; a loss comes with the seed and what the processes said. */
async function expectNoLoss(lines: number, scenario: (suite: Suite) => Promise<void>): Promise<void> {
  const report = new Report()
  await scenario({ site, random: site.random, report, wants: () => true })
  const said = report.losses.length > 0 ? await readFile(path.join(folder, 'children.log'), 'utf8').catch(() => '') : ''
  expect(report.losses, `seed ${seed}\n${said.slice(-4000)}`).toEqual([])
  expect(report.lines).toHaveLength(lines)
}

describe('processes that onboard', () => {
  it('are killed in every stage, and nothing is lost', () =>
    expectNoLoss(6, (suite) =>
      killAt(suite, straight, [
        'lock: journal.open after',
        'create_organization: journal.record completed after',
        'set_up_workspace: warehouse.ensureTable after',
        'generate_api_key: journal.record completed before',
        'finalize: warehouse.loadRows after',
        'finalize: jobs.enqueueAll after',
      ]),
    ))

  it('are frozen past the expiry of their lock, and change nothing when they wake', () =>
    expectNoLoss(2, async (suite) => {
      await freezeThrough(suite, [[straight, 'set_up_workspace: journal.record completed before']])
      await freezeUntilOvertaken(suite, ['set_up_workspace: journal.record undone before'])
    }))

  it('are cut off when a commit is done and its reply is not there yet', () =>
    expectNoLoss(6, (suite) => cut(suite, { whens: ['after'], ways: [{ newFlow: alone, only: /./ }] })))

  it('are called 100 times for one checkout, in two processes', () =>
    expectNoLoss(1, (suite) => callers(suite, { processes: 2, each: 50, checkouts: 2 })))
})
