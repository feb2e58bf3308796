import { setTimeout as delay } from 'node:timers/promises'
import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { dryRun } from '../dry-run/index.ts'
import { hashApiKey } from '../keys/index.ts'
import { brokenAt, dyingAt, looksAt } from '../testing/runs.ts'
import { newWorld } from '../testing/world.ts'
import { WORKSPACE_TABLES } from '../workspace/index.ts'
import { onboardToEnd } from './onboard-to-end.ts'
import { operatorKey } from './operator-key.ts'
import { sweep } from './sweep.ts'

const database = await testDatabase()
const { sql } = database
const { expireLock } = looksAt(database)

let made = 0

/** An input that has passed its dry run. */
async function arrange() {
  const world = await newWorld(database)
  const tenantId = `to_end_${made++}`
  const wanted = { tenantId, companyName: 'Acme Corp', adminEmail: `${tenantId}@example.com`, plan: 'SCALE' } as const
  await dryRun(world.ctx, wanted)
  return { ...world, input: { ...wanted, recreate: false } }
}

async function runIdOf(tenantId: string): Promise<string> {
  const [row] = await sql<{ id: string }[]>`select id from onboarding_runs where checkout_session_id = ${operatorKey(tenantId)}`
  return row?.id ?? ''
}

describe('onboardToEnd', () => {
  it('answers with the key, which nobody is shown again', async () => {
    const { ctx, input } = await arrange()
    const { apiKey, ...rest } = await onboardToEnd(ctx, input)
    expect(rest).toEqual({ tenantId: input.tenantId, plan: 'SCALE', tables: WORKSPACE_TABLES.map(({ name }) => name) })
    const hash = hashApiKey(apiKey ?? '', ctx.settings.keyPepper)
    const [key] = await sql`
      select revoked_at, sealed, saved_at from api_keys join key_reveals on api_key_id = api_keys.id where hash = ${hash}`
    expect(key).toEqual({ revoked_at: null, sealed: null, saved_at: expect.any(Date) })
    await expect(onboardToEnd(ctx, input)).rejects.toMatchObject({ code: 'ORGANIZATION_EXISTS' })
  })

  it('race: of ten calls at once one is answered with the key', async () => {
    const { ctx, input } = await arrange()
    // Nine of them wait for the tenth in real time.
    const waiting = { ...ctx, clock: { ...ctx.clock, sleep: (ms: number) => delay(ms / 50) } }
    const calls = await Promise.allSettled(Array.from({ length: 10 }, () => onboardToEnd(waiting, input)))
    const keys = calls.flatMap((call) => (call.status === 'fulfilled' ? [call.value.apiKey] : []))
    expect(keys).toEqual([expect.stringMatching(/^gw_test_/)])
    const codes = calls.flatMap((call) => (call.status === 'rejected' ? [call.reason.code] : []))
    expect(codes).toEqual(Array.from({ length: 9 }, () => 'ORGANIZATION_EXISTS'))
  })

  it('gives the key to the next call when the process died before its answer', async () => {
    const { ctx, input } = await arrange()
    const dying = onboardToEnd(dyingAt(ctx, 'finalize: warehouse.loadRows before'), input)
    await expect(dying).rejects.toMatchObject({ code: 'STAGE_TIMED_OUT', details: { run_state: 'running' } })
    await expireLock(await runIdOf(input.tenantId))
    await (
      await sweep(ctx)
    ).settled
    expect(await onboardToEnd(ctx, input)).toMatchObject({ apiKey: expect.stringMatching(/^gw_test_/) })
    await expect(onboardToEnd(ctx, input)).rejects.toMatchObject({ code: 'ORGANIZATION_EXISTS' })
  })

  it('says what the run failed with, and which run it was', async () => {
    const { ctx, input } = await arrange()
    ctx.warehouse.failNext('ensureDataset', new Error('no idea'))
    const runId = () => runIdOf(input.tenantId)
    await expect(onboardToEnd(ctx, input)).rejects.toMatchObject({
      code: 'UNKNOWN',
      details: { run_state: 'failed', run_error_id: expect.stringMatching(/^err_/) },
    })
    const [run] = await sql`select state from onboarding_runs where id = ${await runId()}`
    expect(run).toEqual({ state: 'failed' })
    expect(await onboardToEnd(ctx, input)).toMatchObject({ apiKey: expect.stringMatching(/^gw_test_/) })
  })

  it('goes on with a failed run when its dry run is long forgotten, and with nothing else', async () => {
    const { ctx, input } = await arrange()
    const broken = brokenAt(ctx, 'generate_api_key: vault.seal before')
    await expect(onboardToEnd(broken, input)).rejects.toMatchObject({ code: 'UNKNOWN' })
    await sql`delete from dry_runs`
    for (const other of [{ plan: 'STARTER' as const }, { companyName: 'Other' }, { adminEmail: 'other@example.com' }])
      await expect(onboardToEnd(ctx, { ...input, ...other })).rejects.toMatchObject({ code: 'DRY_RUN_REQUIRED' })
    expect(await onboardToEnd(ctx, input)).toMatchObject({ plan: 'SCALE', apiKey: expect.stringMatching(/^gw_test_/) })
  })

  it('says that a run was given up', async () => {
    const { ctx, input } = await arrange()
    const broken = brokenAt(ctx, 'generate_api_key: vault.seal before')
    await expect(onboardToEnd(broken, input)).rejects.toMatchObject({ code: 'UNKNOWN' })
    await sql`update onboarding_runs set state = 'cancelled', failure = null where checkout_session_id = ${operatorKey(input.tenantId)}`
    await expect(onboardToEnd(ctx, input)).rejects.toMatchObject({
      code: 'RUN_STATE_INVALID',
      details: { run_state: 'cancelled' },
    })
  })

  it('has nothing to show when the time of the reveal is over', async () => {
    const { ctx, input } = await arrange()
    const broken = brokenAt(ctx, 'generate_api_key: vault.seal before')
    await expect(onboardToEnd(broken, input)).rejects.toMatchObject({ code: 'UNKNOWN' })
    await onboardToEnd(ctx, input)
    await sql`update key_reveals set expires_at = now() - interval '1 second', saved_at = null`
    await expect(onboardToEnd(ctx, input)).rejects.toMatchObject({ code: 'ORGANIZATION_EXISTS' })
  })
})
