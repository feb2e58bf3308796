import type { TestDatabase } from '@gangway/db/testing'
import { RUN_STATES, type RunState } from '@gangway/schemas/provisioning'
import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { CENTRAL_DATASET } from '../../bootstrap/index.ts'
import { TRANSITIONS } from '../../provisioning/run-machine.ts'
import type { Model } from './model.ts'
import type { Real } from './real.ts'

/** Keeps every change of a run's state and token, and of its lock's holder and token, as the database saw it. */
export async function recordChanges(database: TestDatabase): Promise<void> {
  await database.sql.unsafe(`
    create table run_changes (n bigserial, run_id uuid, was text, became text, token_was bigint, token_is bigint);
    create function record_run_change() returns trigger language plpgsql security definer as $$
    begin
      insert into run_changes (run_id, was, became, token_was, token_is)
        values (new.id, case tg_op when 'UPDATE' then old.state end, new.state, case tg_op when 'UPDATE' then old.fencing_token end, new.fencing_token);
      return new;
    end $$;
    create trigger record_run_change after insert or update on onboarding_runs for each row execute function record_run_change();
    create index on run_changes (run_id);
    create table lock_changes (checkout_session_id text, was text, became text, token_was bigint, token_is bigint);
    create function record_lock_change() returns trigger language plpgsql security definer as $$
    begin
      insert into lock_changes values (new.checkout_session_id, old.holder, new.holder, old.fencing_token, new.fencing_token);
      return new;
    end $$;
    create trigger record_lock_change after update on onboarding_locks for each row execute function record_lock_change();
    create index on lock_changes (checkout_session_id);
    grant select on run_changes, lock_changes to gangway_app`)
}

/** What the table of the machine allows; a parked run that was paid is put to work in one go. */
const ALLOWED = new Set<string>([
  ...RUN_STATES.flatMap((from) => Object.values<RunState>(TRANSITIONS[from]).map((to) => `${from} → ${to}`)),
  ...RUN_STATES.map((state) => `${state} → ${state}`),
  'awaiting_payment → running',
  'null → running',
])

interface Look {
  [column: string]: unknown
  id: string
  state: RunState
  workspace: string | null
  last_seq: number
  events: number
  highest: number
  changes: string[]
  token_fell: boolean
  token_shared: boolean
  live_organizations: number
  onboarded: number
  live_keys: number
  open_reveals: number
  active_subscriptions: number
  locks: number
}

async function look({ ctx, checkoutSessionId }: Real): Promise<Look | undefined> {
  const [found] = await ctx.db.execute<Look>(sql`
    select r.id, r.state, r.workspace, r.last_seq,
      (select count(*)::int from onboarding_stage_events e where e.run_id = r.id) as events,
      (select coalesce(max(seq), 0) from onboarding_stage_events e where e.run_id = r.id) as highest,
      (select array_agg(distinct coalesce(was, 'null') || ' → ' || became) from run_changes c where c.run_id = r.id) as changes,
      (select coalesce(bool_or(token_is < token_was), false) from run_changes c where c.run_id = r.id) as token_fell,
      exists (select 1 from lock_changes c
        where c.checkout_session_id = r.checkout_session_id and was <> became and token_is <= token_was) as token_shared,
      (select count(*)::int from organizations o where o.run_id = r.id and status <> 'abandoned') as live_organizations,
      (select count(*)::int from organizations o where o.run_id = r.id and status = 'onboarded' and o.workspace = r.workspace) as onboarded,
      (select count(*)::int from api_keys k where k.run_id = r.id and revoked_at is null) as live_keys,
      (select count(*)::int from key_reveals v join api_keys k on k.id = v.api_key_id
        where k.run_id = r.id and v.sealed is not null and v.expires_at > now()) as open_reveals,
      (select count(*)::int from subscriptions s where s.checkout_session_id = r.checkout_session_id and s.status = 'active') as active_subscriptions,
      (select count(*)::int from onboarding_locks l where l.checkout_session_id = r.checkout_session_id) as locks
    from onboarding_runs r where r.checkout_session_id = ${checkoutSessionId}`)
  return found
}

/** What holds at any moment, whatever has happened. */
export async function expectConsistent(real: Real, model: Model): Promise<void> {
  const run = await look(real)
  if (!run) return
  expect(
    run.changes.filter((change) => !ALLOWED.has(change)),
    'a transition that is not in the table',
  ).toEqual([])
  expect(run.token_fell, 'the token fell').toBe(false)
  expect(run.token_shared, 'the lock changed hands without a higher token').toBe(false)
  expect([run.events, run.highest], 'the journal has a gap').toEqual([run.last_seq, run.last_seq])
  expect(run.live_organizations, 'live organizations').toBeLessThanOrEqual(1)
  expect(run.live_keys, 'live keys').toBeLessThanOrEqual(1)
  expect(run.active_subscriptions, 'active subscriptions').toBeLessThanOrEqual(1)
  expect(run.locks, 'locks').toBeLessThanOrEqual(1)
  const givenUp = run.state === 'cancelled' || run.state === 'rolled_back'
  if (givenUp) expect(model.cancelWanted, 'given up by nobody').toBe(true)
  expect(real.billing.refunds.length, 'refunds').toBeLessThanOrEqual(givenUp ? 1 : 0)
  if (run.state === 'succeeded') await expectTenant(real, run)
  if (run.state === 'rolled_back') expectNothingLeft(real, run)
}

/** Exactly one of everything. Those who sleep may still make a dataset, and take it away when they wake. */
async function expectTenant(real: Real, run: Look): Promise<void> {
  const { onboarded, live_keys: keys, open_reveals: reveals, active_subscriptions: subscriptions, workspace } = run
  expect({ onboarded, keys, reveals, subscriptions }).toEqual({ onboarded: 1, keys: 1, reveals: 1, subscriptions: 1 })
  const { warehouse, sleepers } = real
  expect(warehouse.datasets).toContain(workspace)
  if (sleepers.length === 0) expect(datasetsOf(real)).toEqual([workspace])
  const profiles = await warehouse.readRows(CENTRAL_DATASET, 'org_profiles', { column: 'run_id', value: run.id })
  const newest = profiles.toSorted((a, b) => Number(b['updated_at']) - Number(a['updated_at']))[0]
  expect(newest?.['workspace_dataset']).toBe(workspace)
}

function expectNothingLeft(real: Real, run: Look): void {
  const { live_organizations: organizations, live_keys: keys, active_subscriptions: subscriptions } = run
  expect({ organizations, keys, subscriptions }).toEqual({ organizations: 0, keys: 0, subscriptions: 0 })
  if (real.sleepers.length === 0) expect(datasetsOf(real)).toEqual([])
}

function datasetsOf({ warehouse }: Real): string[] {
  return warehouse.datasets.filter((name) => name !== CENTRAL_DATASET)
}
