import { testDatabase } from '@gangway/db/testing'
import { expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { newOrganization } from '../testing/organization.ts'
import { readChecklist } from './checklist.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('checklist'), log: silentLog() }

it('says what is there, for everybody of the organization, as soon as it is', async () => {
  const { id: orgId, owner, join } = await newOrganization(db)
  const NOTHING = { keySaved: false, colleagueJoined: false, integrationHealthy: false, pipelineSucceeded: false }
  const expected = { orgId, role: 'owner', ...NOTHING }
  const read = () => readChecklist(ctx, { userId: owner.id })
  expect(await read()).toEqual(expected)

  const [key] = await sql<{ id: string }[]>`
    insert into api_keys (org_id, prefix, hash, fingerprint, scopes) values (${orgId}, 'gw', ${orgId}, 'f', '{admin}') returning id`
  await sql`insert into key_reveals (api_key_id, org_id, expires_at) values (${key?.id ?? ''}, ${orgId}, now())`
  expect(await read()).toEqual(expected)
  await sql`update key_reveals set saved_at = now() where org_id = ${orgId}`
  expect(await read()).toEqual({ ...expected, keySaved: true })
  await sql`update key_reveals set saved_at = null where org_id = ${orgId}`
  await sql`update api_keys set last_used_at = now() where org_id = ${orgId}`
  expect(await read()).toEqual({ ...expected, keySaved: true })

  const colleague = await join('member')
  await sql`
    insert into integration_credentials (org_id, provider, sealed, last_four, health, checked_at, next_check_at, connected_at)
    values (${orgId}, 'openai', '{}', 'abcd', 'rejected', now(), now(), now())`
  await sql`
    insert into pipeline_runs (org_id, provider, pipeline, trigger, state, range_from, range_to)
    values (${orgId}, 'openai', 'usage-sync', 'manual', 'failed', '2026-01-01', '2026-01-02')`
  expect(await read()).toEqual({ ...expected, keySaved: true, colleagueJoined: true })
  await sql`update integration_credentials set health = 'healthy' where org_id = ${orgId}`
  await sql`update pipeline_runs set state = 'succeeded' where org_id = ${orgId}`
  const all = { keySaved: true, colleagueJoined: true, integrationHealthy: true, pipelineSucceeded: true }
  expect(await read()).toEqual({ ...expected, ...all })
  expect(await readChecklist(ctx, { userId: colleague.id })).toEqual({ orgId, role: 'member', ...all })
})

it('has nothing to say to who has no organization, or one that is not set up', async () => {
  const { id: orgId, owner } = await newOrganization(db)
  await sql`update organizations set status = 'provisioning' where id = ${orgId}`
  expect(await readChecklist(ctx, { userId: owner.id })).toBeNull()
  expect(await readChecklist(ctx, { userId: (await newUser(db)).id })).toBeNull()
})
