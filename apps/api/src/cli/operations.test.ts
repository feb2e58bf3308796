import { openSql } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { gangwayOn } from '../testing/gangway.ts'

const PATIENCE_MS = 60_000
const database = await testDatabase()
const { sql, urls } = database
const gangway = gangwayOn(database)

beforeAll(async () => {
  await gangway.run('bootstrap', '--json')
  await gangway.run('onboard', '--company', 'Acme Corp', '--email', 'a@acme.test', '--plan', 'STARTER', '--json')
}, PATIENCE_MS)

const orgId = async (): Promise<string> => String((await sql`select id from organizations where slug = 'acme_corp'`)[0]?.['id'])

describe('gangway status', () => {
  it(
    'is well while a worker runs, and says what is wrong otherwise',
    async () => {
      const without = await gangway.run('status', '--json')
      expect([without.code, JSON.parse(without.out)]).toMatchObject([
        1,
        { ok: false, workers: 0, problems: [expect.stringContaining('No worker runs')], runs: { states: { succeeded: 1 } } },
      ])
      const worker = openSql({ url: urls.worker, name: 'gangway-worker-listen' })
      await worker`select 1`
      const withWorker = await gangway.run('status')
      expect(withWorker.code).toBe(0)
      expect(withWorker.out).toMatch(/^Warehouse +SYNCED, 21 of 21 tables$/m)
      expect(withWorker.out).toMatch(/^Migrations +(\d+) of \1$/m)
      expect(withWorker.out).toMatch(/\nAll is well\.\n$/)

      await sql`drop table organizations.org_invites`
      await sql`
        insert into onboarding_locks (lock_id, checkout_session_id, holder, fencing_token, acquired_at, expires_at)
        values ('onboarding_x', 'x', 'nobody', 1, now() - interval '1 hour', now())`
      const ill = await gangway.run('status')
      expect(ill.code).toBe(1)
      expect(ill.out).toMatch(/The warehouse is NOT_SYNCED: run gangway bootstrap\./)
      expect(ill.out).toMatch(/old_locks is 3\d\d\d, above 300\./)
      await sql`delete from onboarding_locks`
      await gangway.run('bootstrap')
      await worker.end()
    },
    PATIENCE_MS,
  )
})

describe('gangway sync', () => {
  it(
    'lists, syncs, and puts an operator into the audit log',
    async () => {
      const [run] = await sql<{ id: string }[]>`
        update onboarding_runs set state = 'needs_sync', stages_completed = 4 where slug = 'acme_corp' returning id`
      await sql`update organizations set status = 'provisioning' where slug = 'acme_corp'`
      await sql`
        insert into pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at)
        values (${run?.id ?? ''}, 'acme_corp', 'f', now())`
      const listed = await gangway.run('sync', 'list', '--json')
      expect(JSON.parse(listed.out)).toMatchObject({ rows: [{ orgSlug: 'acme_corp', status: 'pending_sync' }] })
      const synced = await gangway.run('sync', 'all', '--json')
      expect([synced.code, JSON.parse(synced.out)]).toEqual([0, { synced: 1, failed: [] }])
      const none = await gangway.run('sync', 'list')
      expect(none.out).toBe('Everything is synced.\n')
      expect([...(await sql`select state from onboarding_runs where slug = 'acme_corp'`)]).toEqual([{ state: 'succeeded' }])
      expect([...(await sql`select actor_id from audit_log where action = 'pending_sync.synced'`)]).toEqual([{ actor_id: null }])
      const wrong = await gangway.run('sync', 'one', 'acme_corp')
      expect(wrong.code).toBe(2)
    },
    PATIENCE_MS,
  )
})

describe('gangway doctor', () => {
  it(
    'says what differs, repairs it, and finds nothing then',
    async () => {
      const [org] = await sql<{ workspace: string }[]>`select workspace from organizations where slug = 'acme_corp'`
      const schema = sql(org?.workspace ?? '')
      await sql`drop table ${schema}.cost_records`
      await sql`alter table ${schema}.usage_records drop column model`
      await sql`drop view ${schema}.tenant_comprehensive_view`
      await sql`delete from organizations.org_usage_quotas`
      await sql`update api_keys set revoked_at = now()`

      const found = await gangway.run('doctor', '--tenant', 'acme_corp', '--json')
      expect([found.code, JSON.parse(found.out)]).toMatchObject([
        1,
        {
          rows: [
            {
              tenant: 'acme_corp',
              health: 'differs',
              findings: [
                { kind: 'table', problem: 'model is missing', repairable: true },
                { kind: 'table', name: `${org?.workspace}.cost_records`, problem: 'is missing' },
                { kind: 'view', problem: 'is missing' },
                { kind: 'api_key', problem: 'is missing, or works no more' },
                { kind: 'meta_row', problem: 'is missing' },
              ],
            },
          ],
        },
      ])
      const repaired = await gangway.run('doctor', '--repair')
      expect(repaired.code).toBe(0)
      expect(repaired.out.match(/^ {2}repaired /gm)).toHaveLength(5)
      expect(repaired.out).toMatch(/\n1 of 1 organizations is healthy\.\n$/)
      const view = await sql`select plan_name, quota_status from ${schema}.tenant_comprehensive_view`
      expect([...view]).toEqual([{ plan_name: 'STARTER', quota_status: 'OK' }])

      // What holds data of another type is for a person to decide.
      await sql`alter table ${schema}.cost_records alter column amount type text`
      const byHand = await gangway.run('doctor', '--repair')
      expect(byHand.code).toBe(1)
      expect(byHand.out).toMatch(/^ {2}by hand +table .*cost_records +amount is STRING, declared NUMERIC$/m)
      await sql`alter table ${schema}.cost_records alter column amount type numeric using amount::numeric`
      const nobody = await gangway.run('doctor', '--tenant', 'nobody', '--json')
      expect([nobody.code, JSON.parse(nobody.out)]).toMatchObject([1, { error: 'NOT_FOUND' }])
    },
    PATIENCE_MS,
  )
})

describe('gangway keys', () => {
  it(
    'rotates a tenant’s key, which is shown this once, and keeps the old one for a while',
    async () => {
      const before = await sql`select id from api_keys where org_id = ${await orgId()} and revoked_at is null`
      const { code, out } = await gangway.run('keys', 'rotate', '--tenant', 'acme_corp', '--overlap-days', '3', '--json')
      const answer = z.object({ api_key: z.string(), fingerprint: z.string(), overlap_days: z.literal(3) }).parse(JSON.parse(out))
      expect([code, before.length]).toEqual([0, 1])
      const after = await sql`
        select fingerprint = ${answer.fingerprint} as fresh, round(extract(epoch from expires_at - now()) / 86400)::int as days
        from api_keys where org_id = ${await orgId()} and revoked_at is null order by created_at`
      expect([...after]).toEqual([
        { fresh: false, days: 3 },
        { fresh: true, days: null },
      ])
      expect(JSON.stringify(await sql`select * from api_keys`)).not.toContain(answer.api_key)
      const wrong = await gangway.run('keys', 'rotate', '--tenant', 'acme_corp', '--overlap-days', '8')
      expect(wrong.code).toBe(2)
    },
    PATIENCE_MS,
  )

  it(
    'wraps what is sealed by the newest key, and says what no key can read',
    async () => {
      await sql`update api_keys set revoked_at = now()`
      await gangway.run('doctor', '--repair')
      const [reveal] = await sql<{ sealed: object }[]>`select sealed from key_reveals where sealed is not null`
      await sql`update key_reveals set sealed = jsonb_set(sealed, '{keyId}', '"gone"') where sealed is not null`
      const lost = await gangway.run('keys', 'rewrap', '--json')
      expect([lost.code, JSON.parse(lost.out)]).toMatchObject([1, { unreadable: 1, rewrapped: 0 }])
      await sql`update key_reveals set sealed = ${sql.json({ ...reveal?.sealed })} where sealed is not null`
      const found = await gangway.run('keys', 'rewrap')
      expect([found.code, found.out]).toEqual([0, expect.stringMatching(/^0 secrets are wrapped by local-\S+ now\.\n$/)])
    },
    PATIENCE_MS,
  )
})

describe('gangway admin create', () => {
  it(
    'makes a staff account with a password of its own, and staff of an account that is there',
    async () => {
      const { code, out } = await gangway.run('admin', 'create', '--email', 'Grace@Acme.test', '--name', 'Grace', '--json')
      const { password } = z.object({ created: z.literal(true), password: z.string().min(20) }).parse(JSON.parse(out))
      expect(code).toBe(0)
      expect([...(await sql`select name, role from users where email = 'grace@acme.test'`)]).toEqual([
        { name: 'Grace', role: 'admin' },
      ])
      const again = await gangway.run('admin', 'create', '--email', 'a@acme.test')
      expect(again.out).toBe("a@acme.test had an account, which is staff's now. The password is as it was.\n")
      expect([...(await sql`select role from users where email = 'a@acme.test'`)]).toEqual([{ role: 'admin' }])
      expect(JSON.stringify(await sql`select * from accounts`)).not.toContain(password)
      expect(await sql`select 1 from audit_log where action = 'admin.created' and actor_id is null`).toHaveLength(2)
    },
    PATIENCE_MS,
  )
})

describe('backfills', () => {
  it(
    'count, make what is missing, and answer one JSON object',
    async () => {
      const lacking = Number(
        (
          await sql`select count(*)::int from users u where not exists (select 1 from starter_kits k where k.user_id = u.id)`
        )[0]?.['count'],
      )
      const counted = await gangway.run('starter', 'backfill', '--dry-run', '--json')
      expect(JSON.parse(counted.out)).toEqual({ total: lacking, made: 0, failed: 0, dry_run: true })
      const made = await gangway.run('starter', 'backfill', '--json')
      expect([made.code, JSON.parse(made.out)]).toEqual([0, { total: lacking, made: lacking, failed: 0, dry_run: false }])

      await sql`
        insert into onboarding_sessions
          (user_id, schema_version, manifest_version, variant, current_step, skipped_steps, checksum, answers, status, completed_at, answer_schema_version)
        select id, 1, 1, 'short', 'workspace', '{}', '', '{"work":{"role":"data"}}', 'completed', now(), 1 from users limit 1`
      const planned = await gangway.run('answers', 'backfill', '--dry-run')
      expect(planned.out).toBe('1 sessions are completed; 1 of them have no snapshot.\n')
      const replayed = await gangway.run('answers', 'backfill')
      expect([replayed.code, replayed.out, replayed.err]).toEqual([0, '1 replayed, 0 failed\n', '1/1  sessions\n'])
      expect([...(await sql`select role from onboarding_answer_snapshots`)]).toEqual([{ role: 'data' }])

      await sql`insert into onboarding_answer_group_totals (step, field, value, total) values ('work', 'role', 'nobody', 3)`
      const rebuilt = await gangway.run('answers', 'rebuild-totals')
      expect([rebuilt.code, rebuilt.out, rebuilt.err]).toEqual([
        0,
        '1 snapshots counted; 1 totals corrected\n',
        '1/1  snapshots\n',
      ])
      const again = await gangway.run('answers', 'rebuild-totals', '--json')
      expect(JSON.parse(again.out)).toEqual({ counted: 1, corrected: 0 })
    },
    PATIENCE_MS,
  )
})
