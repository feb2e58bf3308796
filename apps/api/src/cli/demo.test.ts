import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { ended, gangwayOn, startGangway } from '../testing/gangway.ts'

const PATIENCE_MS = 240_000

const database = await testDatabase()
const gangway = gangwayOn(database)

async function people(): Promise<number> {
  const [row] = await database.sql<{ n: number }[]>`select count(*)::int as n from users where email like '%@demo.invalid'`
  return row?.n ?? 0
}

describe('gangway demo', () => {
  it(
    'makes people up, goes on after Ctrl-C, and removes them all',
    async () => {
      const wanted = ['demo', '--people', '2500', '--days', '20', '--seed', 'cli']
      const cut = await gangway.interruptAt(' 500/2500', ...wanted)
      expect([cut.code, cut.out]).toEqual([1, ''])
      const left = await people()
      expect(left).toBeLessThan(2500)
      expect(cut.err).toContain(`Stopped after ${left} of 2500 people. The same command goes on from there.`)

      const whole = await gangway.run(...wanted)
      expect(whole.code).toBe(0)
      expect(whole.err).toContain('2500/2500  people')
      expect(whole.out).toMatch(new RegExp(`^${2500 - left} people made up in .*, seed cli\\.$`, 'm'))
      expect(await people()).toBe(2500)

      const removed = await gangway.run('demo', '--remove', '--json')
      expect([removed.code, JSON.parse(removed.out)]).toEqual([0, { batches: 1, people: 2500 }])
      expect(await people()).toBe(0)
    },
    PATIENCE_MS,
  )

  it(
    'makes nobody up in production unless that is said',
    async () => {
      const production = {
        ...{ GANGWAY_ENV: 'production', DATABASE_URL: database.urls.owner, DATA_DIR: gangway.dataDir },
        ...{ GANGWAY_ROOT_KEY: database.rootKey, GANGWAY_KEY_PEPPER: 'p'.repeat(24), ADMIN_PASSWORD: 'a password for a test' },
        ...{ STRIPE_SECRET_KEY: 'sk_test_of_nobody', STRIPE_WEBHOOK_SECRET: 'whsec_of_nobody' },
      }
      const run = (...args: string[]) => ended(startGangway(production, ['demo', ...args]))
      const refused = await run('--people', '20')
      expect([refused.code, refused.out, await people()]).toEqual([1, '', 0])
      expect(refused.err).toContain('This is a production installation.')
      const allowed = await run('--people', '20', '--in-production', '--json')
      expect(JSON.parse(allowed.out)).toMatchObject({ people: 20, days: 90, resumed_after: 0, made: 20 })
      expect(await people()).toBe(20)
    },
    PATIENCE_MS,
  )

  it(
    'tells wrong usage',
    async () => {
      const wrong = await Promise.all([gangway.run('demo', '--people', 'many'), gangway.run('demo', '--days', '400')])
      expect(wrong.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [2, '']))
      expect(wrong[1]?.err).toContain('a number of days from 1 to 365')
    },
    PATIENCE_MS,
  )
})
