import type {
  apiKeys,
  keyReveals,
  organizationMembers,
  organizations,
  pendingBackendSyncs,
  subscriptions,
} from '@gangway/db/schema'
import type { PlanId } from '@gangway/schemas/plans'
import type { StageId } from '@gangway/schemas/provisioning'
import { next } from '../provisioning/run-machine.ts'
import type { Run } from '../provisioning/run-row.ts'
import { RETRY_PAUSES_MS } from '../provisioning/write.ts'
import { WORKSPACE_TABLES } from '../workspace/tables.ts'
import type { Dice } from './dice.ts'
import type { Person } from './person.ts'
import { type JournalRow, stageOf, Tale, trouble } from './tale.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS
const REVEAL_MS = 2 * HOUR_MS
const SCOPES = ['pipelines:run', 'usage:read', 'admin']

/** Milliseconds at the median. */
const TAKES: Record<StageId, number> = {
  ...{ verify_payment: 320, create_organization: 45, set_up_workspace: 2600, generate_api_key: 90, finalize: 640 },
}

/** A provider of its own: those who compare subscriptions with a real one leave these alone. */
const PROVIDER = 'demo'

export type Fate = 'onboarded' | 'awaiting' | 'customer' | 'permanent' | 'cancelled' | 'rolled_back' | 'unsynced'

export interface ToldRun {
  run: Run
  journal: JournalRow[]
  organization?: typeof organizations.$inferInsert
  member?: typeof organizationMembers.$inferInsert
  subscription?: typeof subscriptions.$inferInsert
  apiKey?: typeof apiKeys.$inferInsert
  reveal?: typeof keyReveals.$inferInsert
  pendingSync?: typeof pendingBackendSyncs.$inferInsert
}

export interface PaidCheckout {
  checkoutSessionId: string
  plan: PlanId
  /** When its page of success was opened. */
  at: number
}

/** How the run of a paid checkout goes, and what it leaves behind. Nothing is made outside Postgres. */
export function tellRun(dice: Dice, { person, checkout, fate }: { person: Person; checkout: PaidCheckout; fate: Fate }): ToldRun {
  const tale = new Tale(newRun(dice.uuid(), { person, checkout }))
  const told: ToldRun = { run: tale.run, journal: tale.journal }
  const retriedAt = dice.chance(0.035)
    ? dice.weighted<StageId>([
        ['set_up_workspace', 6],
        ['finalize', 3],
        ['verify_payment', 1],
      ])
    : null
  let at = checkout.at
  while (tale.run.state === 'running') {
    const stage = stageOf(tale.run)
    at += dice.spread(TAKES[stage], 0.45)
    if (isEnd(fate, stage)) {
      end(dice, { tale, told, fate, at })
      break
    }
    const attempt = retriedAt === stage ? dice.between(2, 3) : 1
    for (let failed = 1; failed < attempt; failed++) {
      const pauseMs = RETRY_PAUSES_MS[failed - 1] ?? 0
      tale.retry(new Date(at), { attempt: failed, trouble: passing(dice, stage), pauseMs })
      at += pauseMs + dice.spread(TAKES[stage], 0.45)
    }
    completeStage(dice, { tale, told, person, attempt, at: new Date(at) })
  }
  return { ...told, run: tale.run }
}

function newRun(id: string, { person, checkout }: { person: Person; checkout: PaidCheckout }): Run {
  const { checkoutSessionId, plan } = checkout
  const at = new Date(checkout.at)
  return {
    ...{ id, checkoutSessionId, origin: 'checkout', userId: person.id, plan, slug: person.slug, companyName: person.company },
    ...{ state: 'running', stagesCompleted: 0, lastSeq: 0, fencingToken: 0, orgId: null, workspace: null, keyFingerprint: null },
    ...{ failure: null, nextAttemptAt: null, sweeps: 0, refundKey: null, refundedAt: null },
    ...{ createdAt: at, startedAt: at, updatedAt: at, finishedAt: null },
  }
}

function isEnd(fate: Fate, stage: StageId): boolean {
  if (fate === 'awaiting') return stage === 'verify_payment'
  if (fate === 'customer') return stage === 'create_organization'
  if (fate === 'unsynced') return stage === 'finalize'
  return fate !== 'onboarded' && stage === 'set_up_workspace'
}

interface Telling {
  tale: Tale
  told: ToldRun
}

function completeStage(
  dice: Dice,
  { tale, told, person, attempt, at }: Telling & { person: Person; attempt: number; at: Date },
): void {
  const { id: runId, slug, companyName: name, checkoutSessionId, plan, userId } = tale.run
  const orgId = tale.run.orgId ?? ''
  switch (stageOf(tale.run)) {
    case 'verify_payment':
      return tale.complete(at, { attempt, detail: { paymentStatus: 'paid', subscriptionId: `sub_demo_${dice.hex(16)}` } })
    case 'create_organization': {
      const id = dice.uuid()
      const workspace = `${slug}_${dice.hex(8)}`
      told.organization = { id, runId, slug, name, status: 'provisioning', workspace, onboardedAt: null, createdAt: at }
      told.member = { orgId: id, userId: person.id, role: 'owner', createdAt: at }
      told.subscription = {
        id: dice.uuid(),
        orgId: id,
        checkoutSessionId,
        plan,
        status: 'active',
        provider: PROVIDER,
        createdAt: at,
      }
      return tale.complete(at, { attempt, detail: { orgId: id, slug }, patch: { orgId: id, workspace } })
    }
    case 'set_up_workspace': {
      const tables = WORKSPACE_TABLES.map((table) => ({ name: table.name, state: 'created', drift: [] }))
      return tale.complete(at, { attempt, detail: { dataset: tale.run.workspace, tables } })
    }
    case 'generate_api_key': {
      // There is no key to this hash: nobody can ever use it.
      const [id, prefix, fingerprint] = [dice.uuid(), `gw_demo_${dice.hex(4)}`, dice.hex(16)]
      told.apiKey = { id, orgId, runId, prefix, hash: dice.hex(64), fingerprint, scopes: SCOPES, createdAt: at }
      told.reveal = { apiKeyId: id, orgId, userId, sealed: null, expiresAt: null, revealedAt: null, savedAt: null }
      return tale.complete(at, { attempt, detail: { fingerprint, prefix }, patch: { keyFingerprint: fingerprint } })
    }
    case 'finalize':
      if (told.organization) told.organization = { ...told.organization, status: 'onboarded', onboardedAt: at }
      if (told.reveal) told.reveal = { ...told.reveal, expiresAt: new Date(at.getTime() + REVEAL_MS) }
      return tale.complete(at, { attempt, detail: { fingerprint: tale.run.keyFingerprint } })
  }
}

/** How a run stops before its end. Whoever waits here for the sweeper waits for ever: it is told of nobody who was made up. */
function end(dice: Dice, { tale, told, fate, at }: Telling & { fate: Fate; at: number }): void {
  const when = new Date(at)
  const { orgId, slug, workspace } = tale.run
  switch (fate) {
    case 'awaiting':
      return tale.write(
        when,
        [{ stage: 'verify_payment', status: 'retrying', attempt: 1, detail: { paymentStatus: 'unpaid' } }],
        {
          ...{ state: next('running', 'park'), nextAttemptAt: null },
        },
      )
    case 'customer':
      return tale.fail(when, {
        attempt: 1,
        trouble: trouble(dice, 'SLUG_TAKEN', { name: 'PostgresError', code: '23505', message: 'organizations_slug' }),
      })
    case 'unsynced': {
      const { failure, cause } = passing(dice, 'create_organization')
      tale.write(when, [{ stage: 'finalize', status: 'retrying', attempt: 1, failure, detail: { deferred: true, cause } }], {
        state: next('running', 'defer'),
      })
      const isGivenUp = dice.chance(0.3)
      told.pendingSync = {
        ...{ id: dice.uuid(), runId: tale.run.id, orgSlug: slug, apiKeyFingerprint: tale.run.keyFingerprint ?? '' },
        ...{ backendOnboardedAt: when, createdAt: when, nextAttemptAt: when, syncedAt: null, lastError: cause.message },
        ...(isGivenUp ? { status: 'failed', retryCount: 10 } : { status: 'pending_sync', retryCount: dice.between(1, 4) }),
      }
      return
    }
    case 'permanent':
    case 'cancelled':
    case 'rolled_back':
      break
    case 'onboarded':
      return
  }
  tale.fail(when, { attempt: 1, trouble: lasting(dice) })
  if (fate === 'permanent') return
  const cancelledAt = new Date(at + dice.spread(3 * HOUR_MS, 0.5))
  tale.cancel(cancelledAt, dice.pick(['The customer asked for their money back.', 'Paid twice by mistake.']))
  if (fate === 'cancelled') return
  const refundKey = `refund_${tale.run.id}`
  const undoneAt = new Date(cancelledAt.getTime() + dice.spread(HOUR_MS))
  tale.write(undoneAt, [{ stage: 'set_up_workspace', status: 'undone', attempt: 1, detail: { dataset: workspace, slug } }], {
    ...{ refundKey, workspace: `${slug}_${dice.hex(8)}` },
  })
  tale.write(undoneAt, [{ stage: 'create_organization', status: 'undone', attempt: 1, detail: { orgId, slug } }], {
    stagesCompleted: 1,
  })
  tale.write(undoneAt, [{ stage: 'verify_payment', status: 'undone', attempt: 1, detail: { refunded: true } }], {
    ...{ state: next('cancelled', 'undo'), finishedAt: undoneAt, nextAttemptAt: null, refundedAt: undoneAt },
  })
  if (told.organization) told.organization = { ...told.organization, status: 'abandoned', workspace: tale.run.workspace }
  if (told.subscription) told.subscription = { ...told.subscription, status: 'cancelled' }
}

/** So long a run can take that is rolled back in the end. */
export const LONGEST_MS = 2 * DAY_MS

/** What is over by the next try. */
function passing(dice: Dice, stage: StageId) {
  if (stage === 'verify_payment')
    return trouble(dice, 'BILLING_UNAVAILABLE', { name: 'Error', code: 'ECONNRESET', message: 'socket hang up' })
  if (stage === 'create_organization')
    return trouble(dice, 'DATABASE_UNAVAILABLE', { name: 'Error', code: 'CONNECTION_CLOSED', message: 'write CONNECTION_CLOSED' })
  return trouble(dice, 'WAREHOUSE_UNAVAILABLE', { name: 'ApiError', message: 'Service temporarily unavailable' })
}

function lasting(dice: Dice) {
  return dice.chance(0.6)
    ? trouble(dice, 'WAREHOUSE_QUOTA', { name: 'ApiError', message: 'Quota exceeded: too many datasets in this project' })
    : trouble(dice, 'WAREHOUSE_DENIED', { name: 'ApiError', message: 'Permission bigquery.datasets.create denied' })
}
