import type { PlanId } from '@gangway/schemas/plans'
import type { RunFailure, StageId } from '@gangway/schemas/provisioning'
import type { BaseContext } from '../context.ts'
import type { JobPayloads } from '../ports/index.ts'

type Event = JobPayloads['webhooks.publish']

// Each is a job for the transaction that makes it true: it exists when that commits, and never otherwise. What it says
// is what was true then, whatever has happened by the time that it is told.

interface News {
  name: 'webhooks.publish'
  payload: Event
}

type Making = Pick<BaseContext, 'clock' | 'ids'>

interface EventRun {
  id: string
  checkoutSessionId: string
  orgId: string | null
  slug: string
  companyName: string
  plan: PlanId
}

export function runSucceeded(ctx: Making, run: EventRun): News {
  return job(ctx, { type: 'run.succeeded', orgId: run.orgId, userId: null, data: runData(run) })
}

interface RunFailed {
  run: EventRun
  stage: StageId
  failure: RunFailure | null
  /** Null when it waits for a person. */
  nextAttemptAt: Date | null
}

export function runFailed(ctx: Making, { run, stage, failure, nextAttemptAt }: RunFailed): News {
  const data = {
    ...runData(run),
    stage,
    failure: failure && { code: failure.code, message: failure.message, error_id: failure.errorId },
    next_attempt_at: nextAttemptAt?.toISOString() ?? null,
  }
  return job(ctx, { type: 'run.failed', orgId: run.orgId, userId: null, data })
}

/** Told to every organization that the person belongs to when it is told. */
export function onboardingCompleted(ctx: Making, { sessionId, userId }: { sessionId: string; userId: string }): News {
  return job(ctx, { type: 'onboarding.completed', orgId: null, userId, data: { session_id: sessionId, user_id: userId } })
}

export function orgOffboarded(ctx: Making, org: { id: string; slug: string; name: string }): News {
  const data = { org_id: org.id, org_slug: org.slug, company_name: org.name }
  return job(ctx, { type: 'org.offboarded', orgId: org.id, userId: null, data })
}

function runData({ id, checkoutSessionId, orgId, slug, companyName, plan }: EventRun) {
  return {
    ...{ run_id: id, checkout_session_id: checkoutSessionId },
    ...{ org_id: orgId, org_slug: slug, company_name: companyName, plan },
  }
}

function job({ clock, ids }: Making, event: Omit<Event, 'messageId' | 'occurredAt'>): News {
  return { name: 'webhooks.publish', payload: { messageId: ids.uuid(), occurredAt: clock.now().toISOString(), ...event } }
}
