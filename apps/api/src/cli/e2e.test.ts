import { testDatabase } from '@gangway/db/testing'
import { startFakeOpenAi } from '@gangway/adapters/providers/fake'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { gangwayOn } from '../testing/gangway.ts'

const PATIENCE_MS = 60_000
const database = await testDatabase()
const { sql } = database
const openAi = await startFakeOpenAi()
afterAll(() => openAi.close())
const gangway = gangwayOn(database, { OPENAI_API_BASE: openAi.url })

beforeAll(async () => {
  await gangway.run('bootstrap', '--json')
}, PATIENCE_MS)

/** Rows of every table of the product, and the datasets of the warehouse. The audit log only grows. */
async function everything(): Promise<Record<string, number>> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'audit_log'`
  const counts = await Promise.all(
    tables.map(async ({ name }) => [name, Number((await sql`select count(*)::int from ${sql(name)}`)[0]?.['count'])] as const),
  )
  const [jobs] = await sql`select count(*)::int from pgboss.job`
  const [datasets] =
    await sql`select count(*)::int from pg_namespace where obj_description(oid, 'pg_namespace') like '{"gangway"%'`
  return { ...Object.fromEntries(counts), jobs: Number(jobs?.['count']), datasets: Number(datasets?.['count']) }
}

const resultSchema = z.object({
  ok: z.boolean(),
  interrupted: z.boolean(),
  tenant_id: z.string().regex(/^e2e_[a-z0-9]{6}$/),
  steps: z.array(z.object({ step: z.string(), status: z.string(), detail: z.string(), error: z.unknown().optional() })),
})

const outcomes = (out: string) => resultSchema.parse(JSON.parse(out)).steps.map(({ step, status }) => `${step} ${status}`)

describe('gangway e2e', () => {
  it(
    'goes through everything that it can without a provider’s key, and leaves nothing behind',
    async () => {
      const before = await everything()
      const { code, out } = await gangway.run('e2e', 'full', '--json')
      expect([code, outcomes(out)]).toEqual([
        0,
        [
          'availability passed',
          'bootstrap passed',
          'onboarding passed',
          'integration skipped',
          'pipeline skipped',
          'quota passed',
          'final_check passed',
          'clean_up passed',
        ],
      ])
      expect(await everything()).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'says what does not work, and cleans up after it',
    async () => {
      const before = await everything()
      await sql.unsafe(`
        create function refuse_key() returns trigger language plpgsql as $$ begin raise exception 'no keys today'; end $$;
        create trigger refuse_key before insert on api_keys for each row execute function refuse_key()`)
      const { code, out, err } = await gangway.run('e2e', 'onboard')
      await sql`drop trigger refuse_key on api_keys`
      expect([code, err]).toEqual([1, ''])
      expect(out).toMatch(/^ {2}failed +onboarding .*the run is failed: .*\(\w+, err_\w{12}\)$/m)
      expect(out).toMatch(/^ {2}passed +clean_up .*nothing of e2e_\w{6} is left$/m)
      expect(out).toMatch(/\nThis installation does not work\.\n$/)
      expect(await everything()).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'cleans up after Ctrl-C, in the middle of a run',
    async () => {
      const before = await everything()
      await sql.unsafe(`
        create function be_slow() returns trigger language plpgsql as $$ begin perform pg_sleep(2); return new; end $$;
        create trigger be_slow before insert on api_keys for each row execute function be_slow()`)
      const { code, out } = await gangway.interruptAt('bootstrap', 'e2e', 'onboard')
      await sql`drop trigger be_slow on api_keys`
      expect(code).toBe(1)
      expect(out).toMatch(/Interrupted; removing what was made…\n {2}passed +clean_up/)
      expect(await everything()).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'removes what a check that was killed has left',
    async () => {
      const before = await everything()
      await gangway.run(
        'onboard',
        '--tenant-id',
        'e2e_killed',
        '--company',
        'X',
        '--email',
        'e2e_killed@e2e.invalid',
        '--plan',
        'STARTER',
      )
      await sql`update onboarding_runs set created_at = now() - interval '2 hours' where slug = 'e2e_killed'`
      const { out } = await gangway.run('e2e', 'bootstrap', '--json')
      expect(outcomes(out)).toEqual(['leftovers passed', 'availability passed', 'bootstrap passed', 'clean_up passed'])
      expect(await everything()).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'connects the provider whose key comes on standard input, syncs its usage, and leaves nothing behind',
    async () => {
      const before = await everything()
      const { code, out } = await gangway.runWith(`${openAi.keys.full}\n`, 'e2e', 'integration', '--provider', 'openai', '--json')
      expect([code, outcomes(out)]).toEqual([
        0,
        ['availability passed', 'onboarding passed', 'integration passed', 'pipeline passed', 'quota passed', 'clean_up passed'],
      ])
      expect(out).not.toContain(openAi.keys.full)
      expect(await everything()).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'says what is wrong with a key, without it, and cleans up after it',
    async () => {
      const before = await everything()
      const { code, out } = await gangway.runWith(openAi.keys.revoked, 'e2e', 'full', '--provider', 'openai', '--json')
      expect([code, outcomes(out).slice(-2)]).toEqual([1, ['integration failed', 'clean_up passed']])
      expect(out).toContain('PROVIDER_KEY_REJECTED')
      expect(out).not.toContain(openAi.keys.revoked)
      expect(await everything()).toEqual(before)
    },
    PATIENCE_MS,
  )

  it(
    'wants a provider’s key for the integration, and both parts of it',
    async () => {
      const wrong = await Promise.all([
        gangway.run('e2e', 'integration'),
        gangway.run('e2e', 'full', '--key', 'sk-1'),
        gangway.run('e2e', 'full', '--provider', 'openai'),
        gangway.run('e2e', 'nothing'),
      ])
      expect(wrong.map(({ code }) => code)).toEqual([2, 2, 2, 2])
    },
    PATIENCE_MS,
  )
})
