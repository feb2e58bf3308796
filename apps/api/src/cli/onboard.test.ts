import { bootstrap } from '@gangway/core/bootstrap'
import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { compose } from '../compose.ts'
import { loadConfig } from '../config/config.ts'
import { openLog } from '../log.ts'
import { gangwayOn } from '../testing/gangway.ts'

const PATIENCE_MS = 60_000
const database = await testDatabase()
const { sql } = database
const gangway = gangwayOn(database)
const config = loadConfig({ DATABASE_URL: database.urls.owner, GANGWAY_ROOT_KEY: database.rootKey, DATA_DIR: gangway.dataDir })
const app = await compose({ config, log: openLog('silent', 'test'), ownerUrl: database.urls.owner, part: 'app' })
await bootstrap(app.contexts.bootstrap)
await app.close()

const onboardOf = (company: string, ...more: string[]) => [
  ...['onboard', '--company', company, '--email', 'a@acme.test', '--plan', 'PROFESSIONAL'],
  ...more,
]
const KEY = /gw_live_[0-9A-Za-z]{36}/
const STAGES = ['Verifying payment', 'Creating organization', 'Setting up workspace', 'Generating API key', 'Finalizing setup']

const tenantSchema = z.object({
  tenant_id: z.literal('json_corp'),
  api_key: z.string().regex(KEY),
  subscription_plan: z.literal('PROFESSIONAL'),
  dataset: z.string().regex(/^json_corp_[a-z0-9]{8}$/),
  dataset_created: z.literal(true),
  tables_created: z.array(z.string()).length(6),
  message: z.string(),
  stages: z.array(z.object({ stage: z.string(), status: z.literal('completed'), ms: z.number() })).length(5),
  dry_run: z.object({ ready_for_onboarding: z.literal(true) }),
})
const failureSchema = z.object({ error: z.string(), message: z.string(), error_id: z.string().regex(/^err_/).optional() })

describe('gangway onboard', () => {
  it(
    'shows the dry run, the five stages and the key; a second call says that the tenant exists',
    async () => {
      const { code, out } = await gangway.run(...onboardOf('Acme Corp'))
      expect(code).toBe(0)
      expect(out).toMatch(/^ {2}passed {3}tenant_id_format +acme_corp is a valid tenant id\.$/m)
      expect(out).toMatch(/^ {2}create {2}api_key +the key of acme_corp$/m)
      const stages = STAGES.map((label) => out.indexOf(`completed  ${label}`))
      expect(stages.toSorted((one, other) => one - other)).toEqual(stages)
      expect(Math.min(...stages)).toBeGreaterThan(0)
      expect(out).toMatch(/Acme Corp is onboarded\.[^]*API key {2}gw_live_/)
      // No colour and nothing drawn over where nobody looks.
      expect(out).not.toMatch(/[\r\u001B]/)
      const again = await gangway.run(...onboardOf('Acme Corp'))
      expect([again.code, again.out]).toEqual([1, ''])
      expect(again.err).toMatch(/^This organization already exists\..*\(ORGANIZATION_EXISTS, err_\w{12}\)\n$/)
      expect(await sql`select count(*)::int from organizations where slug = 'acme_corp'`).toEqual([{ count: 1 }])
    },
    PATIENCE_MS,
  )

  it(
    'answers one JSON object, also when it is refused',
    async () => {
      const { code, out, err } = await gangway.run(...onboardOf('JSON Corp', '--json'))
      expect([code, err]).toEqual([0, ''])
      tenantSchema.parse(JSON.parse(out))
      const again = await gangway.run(...onboardOf('JSON Corp', '--json'))
      expect(failureSchema.parse(JSON.parse(again.out))).toMatchObject({ error: 'ORGANIZATION_EXISTS' })
      await sql`insert into organizations (run_id, slug, name, status) values (gen_random_uuid(), 'in_the_way', 'X', 'onboarded')`
      const refused = await gangway.run(...onboardOf('In the way', '--json'))
      expect(failureSchema.parse(JSON.parse(refused.out))).toMatchObject({ error: 'SLUG_TAKEN' })
      expect([again.code, refused.code]).toEqual([1, 1])
    },
    PATIENCE_MS,
  )

  it(
    'says in one line what was typed wrong',
    async () => {
      const wrong = await Promise.all([
        gangway.run('onboard', '--company', 'Acme'),
        gangway.run('onboard', '--company', 'Acme', '--email', 'nobody', '--plan', 'STARTER'),
        gangway.run('onboard', '--company', 'Acme', '--email', 'a@acme.test', '--plan', 'GOLD'),
        gangway.run('onboard', '--company', '!!!', '--email', 'a@acme.test', '--plan', 'STARTER'),
      ])
      expect(wrong.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [2, '']))
      expect(wrong.map(({ err }) => err.split('\n')[0])).toEqual([
        "error: required option '--email <address>' not specified",
        "error: option '--email <address>' argument 'nobody' is invalid. Expected an e-mail address.",
        "error: option '--plan <plan>' argument 'GOLD' is invalid. Allowed choices are STARTER, PROFESSIONAL, SCALE.",
        "error: '!!!' makes no tenant id; give one with --tenant-id",
      ])
    },
    PATIENCE_MS,
  )

  it(
    'leaves a run that is interrupted to go on, and shows the key to the same command later',
    async () => {
      await sql.unsafe(`
        create function be_slow() returns trigger language plpgsql as $$ begin perform pg_sleep(1.5); return new; end $$;
        create trigger be_slow before insert on api_keys for each row execute function be_slow()`)
      const cut = await gangway.interruptAt('completed  Setting up workspace', ...onboardOf('Cut Corp'))
      await sql`drop trigger be_slow on api_keys`
      expect(cut.code).toBe(1)
      expect(cut.err).toMatch(/^Interrupted\. The run goes on: .*\n$/)
      expect(cut.out).not.toMatch(KEY)
      const again = await gangway.run(...onboardOf('Cut Corp'))
      expect(again.code).toBe(0)
      expect(again.out).toMatch(KEY)
      expect(
        await sql`select count(*)::int from api_keys k join organizations o on o.id = k.org_id where o.slug = 'cut_corp'`,
      ).toEqual([{ count: 1 }])
    },
    PATIENCE_MS,
  )

  it(
    'says at which stage it failed, under an id; staff look at the run, retry and give it up',
    async () => {
      await sql.unsafe(`
        create function refuse_key() returns trigger language plpgsql as $$ begin raise exception 'no keys today'; end $$;
        create trigger refuse_key before insert on api_keys for each row execute function refuse_key()`)
      const failed = await gangway.run(...onboardOf('Sad Corp'))
      expect(failed.code).toBe(1)
      expect(failed.out).toMatch(/Failed at Generating API key: .* \(\w+, err_\w{12}\)/)
      const shown = await gangway.run('runs', 'show', 'sad_corp')
      expect(shown.out).toMatch(/Cause +\w+: .*no keys today/)
      const retried = await gangway.run('runs', 'retry', 'sad_corp', '--json')
      expect([retried.code, JSON.parse(retried.out)]).toMatchObject([1, { state: 'failed', stage: 'generate_api_key' }])
      const nobodyToAsk = await gangway.run('runs', 'cancel', 'sad_corp', '--reason', 'a test')
      expect(nobodyToAsk.code).toBe(2)

      await sql`drop trigger refuse_key on api_keys`
      const through = await gangway.run('runs', 'retry', 'sad_corp', '--from', 'set_up_workspace')
      expect(through.code).toBe(0)
      expect(through.out).toMatch(/Succeeded\. sad_corp is onboarded\.\n$/)
      const tooLate = await gangway.run('runs', 'cancel', 'sad_corp', '--reason', 'a test', '--yes', '--json')
      expect([tooLate.code, JSON.parse(tooLate.out)]).toMatchObject([1, { error: 'RUN_STATE_INVALID' }])
      const listed = await gangway.run('runs', 'list', '--state', 'succeeded', '--text', 'sad', '--json')
      expect(JSON.parse(listed.out)).toMatchObject({ rows: [{ slug: 'sad_corp' }], count: { value: 1, exact: true } })
      const audits = await sql`
        select action, actor_id from audit_log a join onboarding_runs r on a.subject_id = r.id::text where r.slug = 'sad_corp' order by a.id`
      expect(audits).toEqual([
        { action: 'run.retried', actor_id: null },
        { action: 'run.retried', actor_id: null },
      ])
    },
    PATIENCE_MS,
  )
})
