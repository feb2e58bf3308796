import { bootstrap } from '@gangway/core/bootstrap'
import { examineOrganization } from '@gangway/core/doctor'
import { dryRun } from '@gangway/core/dry-run'
import { GangwayError } from '@gangway/core/errors'
import { connectIntegration } from '@gangway/core/integrations'
import { authenticateApiKey } from '@gangway/core/keys'
import { getPipelineRun, runPipeline, startPipelineRun } from '@gangway/core/pipelines'
import { findRun, handOverKey, onboardTenant, operatorKey } from '@gangway/core/provisioning'
import { getQuota } from '@gangway/core/quotas'
import { PLANS } from '@gangway/schemas/plans'
import { COMPREHENSIVE_VIEW } from '@gangway/core/workspace'
import { askServices } from './services.ts'
import { required, type Scene } from './scene.ts'

export const CHECK_STEPS = ['availability', 'bootstrap', 'onboarding', 'integration', 'pipeline', 'quota', 'final_check'] as const
export type CheckStep = (typeof CHECK_STEPS)[number]

/** Answers what it found, in one line; undefined where it has nothing to check by. Throws what is wrong. */
type Perform = (scene: Scene) => Promise<string | undefined>

const LOOK_EVERY_MS = 500

export const STEPS: Record<CheckStep, Perform> = {
  availability: askServices,

  async bootstrap({ session: { contexts } }) {
    const { status, tables_present, tables_expected, tables } = await bootstrap(contexts.bootstrap, { actorId: null })
    if (status !== 'SYNCED') throw new GangwayError('SYSTEM_NOT_READY', { cause: new Error(`The warehouse is ${status}.`) })
    const created = tables.filter(({ state }) => state === 'created').length
    return `${tables_present} of ${tables_expected} tables, ${created} of them created now`
  },

  async onboarding(scene) {
    const { session, input } = scene
    const { provisioning, bootstrap: dryRunning, keys } = session.contexts
    const { ready_for_onboarding: isReady, message } = await dryRun(dryRunning, input)
    if (!isReady) throw new GangwayError('DRY_RUN_REQUIRED', { cause: new Error(message) })
    const { settled } = await onboardTenant(provisioning, input)
    await settled
    const run = required(await findRun(provisioning, operatorKey(input.tenantId)), 'the run')
    if (run.state !== 'succeeded') throw new Error(`the run is ${run.state}: ${run.failure?.code} (${run.failure?.errorId})`)
    const key = required(await handOverKey(provisioning, { tenantId: input.tenantId }), 'the key')
    scene.tenant = {
      userId: run.userId,
      caller: await authenticateApiKey(keys, key),
      dataset: required(run.workspace, 'the workspace'),
    }
    return `${input.tenantId} in five stages; its key works`
  },

  async integration({ session, credential, tenant }) {
    if (!credential) return undefined
    const { userId, caller } = required(tenant, 'the tenant')
    const { health } = await connectIntegration(session.contexts.integrations, { userId, orgId: caller.orgId, ...credential })
    return `${credential.provider} accepts the key: ${health}`
  },

  async pipeline({ session, credential, tenant }) {
    if (!credential) return undefined
    const { caller } = required(tenant, 'the tenant')
    const ctx = session.contexts.integrations
    const asked = { caller, orgSlug: caller.orgSlug, provider: credential.provider, pipeline: 'usage-sync' } as const
    const { id: runId } = await startPipelineRun(ctx, asked)
    // A worker may be faster: whoever claims the run takes it to its end.
    await runPipeline(ctx, { runId })
    for (;;) {
      const run = await getPipelineRun(ctx, { caller, runId })
      if (run.state === 'succeeded') return `usage-sync loaded ${run.rowsLoaded ?? 0} rows in ${run.steps.length} steps`
      if (run.state === 'failed') throw new Error(`usage-sync failed: ${run.failure?.code} (${run.failure?.errorId})`)
      await ctx.clock.sleep(LOOK_EVERY_MS, session.signal)
      if (session.signal.aborted) return undefined
    }
  },

  async quota({ session, credential, input, tenant }) {
    const { caller } = required(tenant, 'the tenant')
    const { day, month, atOnce } = await getQuota(session.contexts.base, { caller })
    const { runsPerDay, runsPerMonth, runsAtOnce } = PLANS[input.plan].limits
    const [limits, declared] = [
      [day.limit, month.limit, atOnce.limit],
      [runsPerDay, runsPerMonth, runsAtOnce],
    ]
    if (limits.join() !== declared.join()) throw new Error(`the limits are ${limits.join(', ')}, declared ${declared.join(', ')}`)
    const used = credential ? 1 : 0
    if (day.used !== used) throw new Error(`${day.used} runs are counted, and ${used} came through`)
    return `${day.used} of ${day.limit} a day, ${month.used} of ${month.limit} a month, ${atOnce.limit} at once`
  },

  async final_check({ session, input, tenant }) {
    const { caller, dataset } = required(tenant, 'the tenant')
    const { provisioning } = session.contexts
    const { status, findings, errorId } = await examineOrganization(provisioning, { orgId: caller.orgId })
    if (status !== 'healthy') {
      const lines = findings.map(({ kind, name, problem }) => `${kind} ${name} ${problem}`)
      throw new Error(`the doctor says ${status}: ${lines.join('; ')}${errorId ?? ''}`)
    }
    const filter = { column: 'tenant_id', value: input.tenantId }
    const [row] = await provisioning.warehouse.readRows(dataset, COMPREHENSIVE_VIEW, filter)
    if (row?.['plan_name'] !== input.plan) throw new Error(`the view tells of plan ${String(row?.['plan_name'])}`)
    return 'the doctor finds nothing, and the view tells the plan'
  },
}
