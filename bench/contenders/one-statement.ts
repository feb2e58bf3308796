import postgres, { type Sql } from 'postgres'
import type { OpenContender } from './contender.ts'
import { newPeople } from './people.ts'
import { eventsOf, newSample, type Sample, SAMPLE_COMPANY, SAMPLE_HOLDER, SAMPLE_PREFIX, SAMPLE_SCOPES } from './sample.ts'

/** What one run writes at one time: its row, its journal, and what the stage made. */
interface Transition {
  run: string
  token: string | null
  stages: number
  seq: number
  events: ReturnType<typeof eventsOf>
  opens?: { checkout: string; user: string; slug: string }
  organization?: { id: string; user: string; slug: string; workspace: string; checkout: string }
  key?: { id: string; org: string; user: string; hash: string; fingerprint: string; sealed: Sample['sealed'] }
  finishes?: { org: string; key: string; lock: string }
}

interface Waiting {
  transition: Transition
  resolve: (token: string | null) => void
  reject: (error: unknown) => void
}

/** While one group is flushed to disk, the next is put together: better than one, at 128 at once, and never worse. */
const WRITERS = 2

/**
 * A floor: the same rows, and the transitions of all runs in flight written by one statement and one commit. Whatever
 * comes while a group is being written makes up the next one.
 */
export const openOneStatement: OpenContender = async ({ url }) => {
  // A plan made while the tables were empty would read them from end to end when they are full.
  const connection = {
    application_name: 'bench-one-statement',
    enable_seqscan: 'off',
    enable_hashjoin: 'off',
    enable_mergejoin: 'off',
  }
  const sql = postgres(url, { max: WRITERS, connection })
  const nextPerson = await newPeople(sql)
  const queue: Waiting[] = []
  let writing = 0

  async function drain(): Promise<void> {
    writing += 1
    while (queue.length > 0) {
      const group = queue.splice(0)
      try {
        const tokens = await write(
          sql,
          group.map(({ transition }) => transition),
        )
        for (const { transition, resolve } of group) resolve(tokens.get(transition.run) ?? null)
      } catch (error) {
        for (const { reject } of group) reject(error)
      }
    }
    writing -= 1
  }

  function record(transition: Transition): Promise<string | null> {
    return new Promise((resolve, reject) => {
      queue.push({ transition, resolve, reject })
      if (writing < WRITERS) void drain()
    })
  }

  return {
    async run() {
      const sample = newSample(nextPerson().id)
      const token = await record(at(sample, null, 0))
      for (let stages = 1; stages <= 5; stages++) await record(at(sample, token, stages))
    },
    close: () => sql.end(),
  }
}

function at(sample: Sample, token: string | null, stages: number): Transition {
  const { runId, userId, slug, orgId, workspace, checkoutSessionId, keyId, hash, fingerprint, sealed, lockId } = sample
  return {
    ...{ run: runId, token, stages, seq: Math.min(stages * 2 + 1, 10), events: eventsOf(sample, stages) },
    ...(stages === 0 && { opens: { checkout: checkoutSessionId, user: userId, slug } }),
    ...(stages === 2 && { organization: { id: orgId, user: userId, slug, workspace, checkout: checkoutSessionId } }),
    ...(stages === 4 && { key: { id: keyId, org: orgId, user: userId, hash, fingerprint, sealed } }),
    ...(stages === 5 && { finishes: { org: orgId, key: keyId, lock: lockId } }),
  }
}

/** Answers the fencing tokens of the runs that were opened. */
async function write(sql: Sql, transitions: Transition[]): Promise<Map<string, string>> {
  const rows = await sql<{ run: string; token: string }[]>`
    with step as materialized (
      select run, stages, seq, events, opens, organization, key, finishes,
             case when opens is null then token else nextval('onboarding_fencing_tokens') end as token
      from jsonb_to_recordset(${JSON.stringify(transitions)}::text::jsonb) as step
        (run uuid, token bigint, stages smallint, seq int, events jsonb, opens jsonb, organization jsonb, key jsonb, finishes jsonb)
    ), opened as (
      insert into onboarding_runs
        (id, checkout_session_id, user_id, plan, slug, company_name, state, last_seq, fencing_token, started_at)
      select run, opens ->> 'checkout', (opens ->> 'user')::uuid, 'STARTER', opens ->> 'slug', ${SAMPLE_COMPANY}, 'running', seq, token, now()
      from step where opens is not null
    ), locked as (
      insert into onboarding_locks (lock_id, checkout_session_id, holder, fencing_token, expires_at)
      select 'onboarding_' || (opens ->> 'checkout'), opens ->> 'checkout', ${SAMPLE_HOLDER}, token, now() + interval '60 s'
      from step where opens is not null
    ), moved as (
      update onboarding_runs
      set stages_completed = stages, last_seq = seq, updated_at = now(),
          org_id = coalesce((organization ->> 'id')::uuid, org_id),
          workspace = coalesce(organization ->> 'workspace', workspace),
          state = case when finishes is null then 'running' else 'succeeded' end,
          finished_at = case when finishes is null then null else now() end
      from step where opens is null and id = run and fencing_token = token
    ), organized as (
      insert into organizations (id, run_id, slug, name, workspace)
      select (organization ->> 'id')::uuid, run, organization ->> 'slug', ${SAMPLE_COMPANY}, organization ->> 'workspace'
      from step where organization is not null
    ), joined as (
      insert into organization_members (org_id, user_id, role)
      select (organization ->> 'id')::uuid, (organization ->> 'user')::uuid, 'owner' from step where organization is not null
    ), subscribed as (
      insert into subscriptions (org_id, checkout_session_id, plan, status, provider)
      select (organization ->> 'id')::uuid, organization ->> 'checkout', 'STARTER', 'active', 'memory'
      from step where organization is not null
    ), keyed as (
      insert into api_keys (id, org_id, run_id, prefix, hash, fingerprint, scopes)
      select (key ->> 'id')::uuid, (key ->> 'org')::uuid, run, ${SAMPLE_PREFIX}, key ->> 'hash', key ->> 'fingerprint', ${SAMPLE_SCOPES}::text[]
      from step where key is not null
    ), sealed as (
      insert into key_reveals (api_key_id, org_id, user_id, sealed)
      select (key ->> 'id')::uuid, (key ->> 'org')::uuid, (key ->> 'user')::uuid, key -> 'sealed' from step where key is not null
    ), onboarded as (
      update organizations set status = 'onboarded', onboarded_at = now()
      from step where finishes is not null and id = (finishes ->> 'org')::uuid
    ), revealed as (
      update key_reveals set expires_at = now() + interval '2 hours'
      from step where finishes is not null and api_key_id = (finishes ->> 'key')::uuid
    ), released as (
      delete from onboarding_locks using step
      where finishes is not null and lock_id = finishes ->> 'lock' and fencing_token = token
    ), journalled as (
      insert into onboarding_stage_events (run_id, seq, stage, status, attempt, run_state, detail)
      select run, event.seq, event.stage, event.status, 1, event.state, event.detail
      from step, jsonb_to_recordset(events) as event (seq int, stage text, status text, state text, detail jsonb)
    )
    select run, token from step where opens is not null`
  return new Map(rows.map(({ run, token }) => [run, token]))
}
