import { openSql } from '@gangway/db/client'
import type { Sql } from 'postgres'
import type { OpenContender } from './contender.ts'
import { newPeople } from './people.ts'
import { eventsOf, newSample, type Sample, SAMPLE_COMPANY, SAMPLE_HOLDER, SAMPLE_PREFIX, SAMPLE_SCOPES } from './sample.ts'

/**
 * A floor: the rows of a run by bare SQL, six commits a run. Each commit is one statement, without a round trip for
 * `begin` and `commit`; as many connections as help.
 */
export const openBareSql: OpenContender = async ({ url, atOnce }) => {
  const sql = openSql({ url, max: Math.min(atOnce, 64), name: 'bench-bare-sql' })
  const nextPerson = await newPeople(sql)
  return {
    async run() {
      const sample = newSample(nextPerson().id)
      const token = await open(sql, sample)
      await move(sql, sample, { token, stagesCompleted: 1 })
      await createOrganization(sql, sample, token)
      await move(sql, sample, { token, stagesCompleted: 3 })
      await storeKey(sql, sample, token)
      await finish(sql, sample, token)
    },
    close: () => sql.end(),
  }
}

async function open(sql: Sql, sample: Sample): Promise<string> {
  const { runId, checkoutSessionId, lockId, userId, slug } = sample
  const [row] = await sql<{ fencing_token: string }[]>`
    with lock as (
      insert into onboarding_locks (lock_id, checkout_session_id, holder, fencing_token, expires_at)
      values (${lockId}, ${checkoutSessionId}, ${SAMPLE_HOLDER}, nextval('onboarding_fencing_tokens'), now() + interval '60 s')
      returning fencing_token
    ), run as (
      insert into onboarding_runs
        (id, checkout_session_id, user_id, plan, slug, company_name, state, last_seq, fencing_token, started_at)
      select ${runId}, ${checkoutSessionId}, ${userId}, 'STARTER', ${slug}, ${SAMPLE_COMPANY}, 'running', 1, fencing_token, now()
      from lock
    ), journal as (${journal(sql, sample, 0)})
    select fencing_token from lock`
  if (!row) throw new Error('the run was not opened')
  return row.fencing_token
}

function move(sql: Sql, sample: Sample, step: { token: string; stagesCompleted: number }) {
  return sql`with run as (${update(sql, sample, step)}) ${journal(sql, sample, step.stagesCompleted)}`
}

function createOrganization(sql: Sql, sample: Sample, token: string) {
  const { runId, checkoutSessionId, userId, slug, orgId, workspace } = sample
  return sql`
    with run as (
      update onboarding_runs
      set stages_completed = 2, last_seq = last_seq + 2, org_id = ${orgId}, workspace = ${workspace}, updated_at = now()
      where id = ${runId} and fencing_token = ${token}
    ), organization as (
      insert into organizations (id, run_id, slug, name, workspace) values (${orgId}, ${runId}, ${slug}, ${SAMPLE_COMPANY}, ${workspace})
    ), member as (
      insert into organization_members (org_id, user_id, role) values (${orgId}, ${userId}, 'owner')
    ), subscription as (
      insert into subscriptions (org_id, checkout_session_id, plan, status, provider)
      values (${orgId}, ${checkoutSessionId}, 'STARTER', 'active', 'memory')
    ) ${journal(sql, sample, 2)}`
}

function storeKey(sql: Sql, sample: Sample, token: string) {
  const { runId, userId, orgId, keyId, hash, fingerprint, sealed } = sample
  return sql`
    with run as (${update(sql, sample, { token, stagesCompleted: 4 })}), key as (
      insert into api_keys (id, org_id, run_id, prefix, hash, fingerprint, scopes)
      values (${keyId}, ${orgId}, ${runId}, ${SAMPLE_PREFIX}, ${hash}, ${fingerprint}, ${SAMPLE_SCOPES})
    ), reveal as (
      insert into key_reveals (api_key_id, org_id, user_id, sealed) values (${keyId}, ${orgId}, ${userId}, ${sql.json(sealed)})
    ) ${journal(sql, sample, 4)}`
}

function finish(sql: Sql, sample: Sample, token: string) {
  const { runId, orgId, keyId, lockId } = sample
  return sql`
    with run as (
      update onboarding_runs
      set stages_completed = 5, last_seq = last_seq + 1, state = 'succeeded', finished_at = now(), updated_at = now()
      where id = ${runId} and fencing_token = ${token}
    ), organization as (
      update organizations set status = 'onboarded', onboarded_at = now() where id = ${orgId}
    ), reveal as (
      update key_reveals set expires_at = now() + interval '2 hours' where api_key_id = ${keyId}
    ), lock as (
      delete from onboarding_locks where lock_id = ${lockId} and fencing_token = ${token}
    ) ${journal(sql, sample, 5)}`
}

function update(sql: Sql, { runId }: Sample, { token, stagesCompleted }: { token: string; stagesCompleted: number }) {
  return sql`
    update onboarding_runs set stages_completed = ${stagesCompleted}, last_seq = last_seq + 2, updated_at = now()
    where id = ${runId} and fencing_token = ${token}`
}

function journal(sql: Sql, sample: Sample, stagesCompleted: number) {
  const rows = eventsOf(sample, stagesCompleted).map(({ seq, stage, status, state, detail }) => ({
    ...{ run_id: sample.runId, seq, stage, status, attempt: 1, run_state: state, detail: sql.json(detail) },
  }))
  return sql`insert into onboarding_stage_events ${sql(rows)}`
}
