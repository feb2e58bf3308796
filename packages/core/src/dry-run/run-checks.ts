import { DRY_RUN_CHECKS, type DryRunCheck, type DryRunCheckName } from '@gangway/schemas/dry-run'
import type { DryRunContext } from '../context.ts'
import { classify, describeCode, type ErrorCode, GangwayError } from '../errors/index.ts'
import { CHECKS, type CheckScope } from './checks.ts'
import type { DryRunInput } from './input.ts'

type Outcome = Omit<DryRunCheck, 'code'> & { code: ErrorCode | null }

/** All eight checks, at the same time and in their order. Never throws: a check that could not be made has failed. */
export function runChecks(ctx: DryRunContext, input: DryRunInput): Promise<Outcome[]> {
  let pinged: Promise<void> | undefined
  const scope: CheckScope = { ctx, input, ping: () => (pinged ??= ctx.warehouse.ping()) }
  return Promise.all(DRY_RUN_CHECKS.map((name) => perform(scope, name)))
}

async function perform(scope: CheckScope, name: DryRunCheckName): Promise<Outcome> {
  try {
    const finding = await CHECKS[name](scope)
    return { name, status: finding.status, reason: finding.reason, code: 'code' in finding ? finding.code : null, error_id: null }
  } catch (error) {
    const { code, message } = classify(error)
    const errorId = scope.ctx.ids.errorId()
    scope.ctx.log.error({ err: error, errorId, code, check: name }, 'a check of a dry run could not be made')
    return { name, status: 'failed', reason: message, code, error_id: errorId }
  }
}

/**
 * Throws the code of the failure that the customer can help with, or else of the first: SLUG_INVALID, SLUG_TAKEN,
 * PLAN_UNKNOWN, INPUT_INVALID, SYSTEM_NOT_READY, or what kept the warehouse from answering. Its details name the checks alone, for
 * reasons tell of the inside.
 */
export async function assertChecksPass(ctx: DryRunContext, input: DryRunInput): Promise<void> {
  const failures = (await runChecks(ctx, input)).filter((check) => check.status === 'failed')
  const codes = failures.map(({ code }) => code).filter((code) => code !== null)
  const worst = codes.find((code) => describeCode(code).retry === 'customer') ?? codes[0]
  if (worst === undefined) return
  throw new GangwayError(worst, {
    details: { failed_checks: failures.map(({ name }) => name) },
    cause: new Error(failures.map(({ name, reason }) => `${name}: ${reason}`).join('; ')),
  })
}
