import type { DryRunContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import type { DryRunInput } from './input.ts'
import { isRemembered } from './remember.ts'
import { runChecks } from './run-checks.ts'

/**
 * Lets an operator's onboarding in whose input passed a dry run in the last 15 minutes. Throws DRY_RUN_REQUIRED with the
 * checks that fail now as `failed_checks`; there are none when only the dry run itself is missing.
 */
export async function requirePassedDryRun(ctx: DryRunContext, input: DryRunInput): Promise<void> {
  if (await isRemembered(ctx, input)) return
  const checks = await runChecks(ctx, input)
  throw new GangwayError('DRY_RUN_REQUIRED', { details: { failed_checks: checks.filter(({ status }) => status === 'failed') } })
}
