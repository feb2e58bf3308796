import type { DryRunCheck, DryRunResult, PlannedResource } from '@gangway/schemas/dry-run'
import type { DryRunContext } from '../context.ts'
import { checksum } from '../questionnaire/canonical.ts'
import { drawPlan } from './draw-plan.ts'
import type { DryRunInput } from './input.ts'
import { remember } from './remember.ts'
import { runChecks } from './run-checks.ts'

/**
 * Tells whether a run for this input would get through, and what it would make. Creates nothing; a passing answer is
 * remembered for `requirePassedDryRun`. Throws only when a passing answer cannot be stored.
 */
export async function dryRun(ctx: DryRunContext, input: DryRunInput): Promise<DryRunResult> {
  const [checks, resources] = await Promise.all([runChecks(ctx, input), planIfKnown(ctx, input)])
  const result = summarize(input, checks, resources)
  // A run that checks itself again has been let in already.
  if (result.ready_for_onboarding && input.runId === undefined) await remember(ctx, input, result)
  return result
}

/** Undefined when Postgres or the warehouse does not answer; a failed check says so. */
async function planIfKnown(ctx: DryRunContext, input: DryRunInput): Promise<PlannedResource[] | undefined> {
  try {
    return await drawPlan(ctx, input)
  } catch (error) {
    ctx.log.warn({ err: error, tenantId: input.tenantId }, 'the plan of a dry run could not be drawn up')
    return undefined
  }
}

function summarize(input: DryRunInput, checks: DryRunCheck[], resources: PlannedResource[] | undefined): DryRunResult {
  const named = (status: DryRunCheck['status']) => checks.filter((check) => check.status === status).map(({ name }) => name)
  const failed = named('failed')
  const conflicts = resources?.filter(({ action }) => action === 'conflict').map(({ name }) => name) ?? []
  const ready = failed.length === 0 && conflicts.length === 0 && resources !== undefined
  return {
    status: ready ? 'passed' : 'failed',
    tenant_id: input.tenantId,
    subscription_plan: input.plan,
    validation_summary: {
      total_checks: checks.length,
      passed: named('passed').length,
      failed: failed.length,
      skipped: named('skipped').length,
      all_passed: failed.length === 0,
      checks,
    },
    message: message({ failed, conflicts, ready, total: checks.length }),
    ready_for_onboarding: ready,
    plan: resources ? { digest: checksum(resources), resources } : null,
  }
}

function message(found: { failed: string[]; conflicts: string[]; ready: boolean; total: number }): string {
  const { failed, conflicts, ready, total } = found
  if (failed.length > 0) return `${failed.length} of ${total} checks failed: ${failed.join(', ')}. Nothing was created.`
  if (conflicts.length > 0) return `In the way: ${conflicts.join(', ')}. Nothing was created.`
  if (!ready) return 'What there is could not be looked at. Nothing was created.'
  return 'Ready for onboarding. Nothing was created.'
}
