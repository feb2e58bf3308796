import {
  onboardingRuns as runs,
  onboardingStageEvents as events,
  organizations,
  pendingBackendSyncs as syncs,
  users,
} from '@gangway/db/schema'
import { inSnapshot, type Tx } from '@gangway/db/transaction'
import { type RunDetails, technicalCauseSchema, type TimelineEntry } from '@gangway/schemas/runs'
import { asc, desc, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { BaseContext } from '../context.ts'
import { GangwayError } from '../errors/index.ts'
import { lockOf } from './list-locks.ts'
import { runRow } from './list-runs.ts'
import { toView } from './view.ts'

/** Everything about one run: its journal, what its customer sees beside what happened, and what belongs to it. For staff. */
export function runDetails(ctx: BaseContext, { runId }: { runId: string }): Promise<RunDetails> {
  return inSnapshot(ctx.db, async (tx) => {
    const [found] = await tx
      .select({ run: runs, email: users.email, customerName: users.name })
      .from(runs)
      .innerJoin(users, eq(users.id, runs.userId))
      .where(eq(runs.id, runId))
    if (!found) throw new GangwayError('RUN_NOT_FOUND')
    const { run, email, customerName } = found
    const { userId, workspace, keyFingerprint, fencingToken, sweeps, nextAttemptAt, refundedAt, startedAt, finishedAt } = run
    const rollingBack = run.state === 'cancelled' && run.refundKey !== null
    const timeline = timelineOf(await tx.select().from(events).where(eq(events.runId, runId)).orderBy(asc(events.seq)))
    return {
      run: {
        ...runRow(run, email),
        ...{
          userId,
          customerName,
          workspace,
          keyFingerprint,
          fencingToken,
          sweeps,
          nextAttemptAt,
          rollingBack,
          refundedAt,
          startedAt,
          finishedAt,
        },
      },
      timeline,
      customerView: toView(run),
      rootCause: rootCauseOf(timeline),
      lock: await lockOf(tx, run.checkoutSessionId),
      organization: await organizationOf(tx, runId),
      pendingSync: await pendingSyncOf(tx, runId),
    }
  })
}

type JournalRow = typeof events.$inferSelect

const pauseSchema = z.number().nonnegative().nullable().catch(null)
/** Drivers number their codes, or have none. */
const causeSchema = z
  .object({ name: z.string().catch('Error'), code: z.union([z.string(), z.number()]).nullish(), message: z.string() })
  .transform(({ code, ...cause }) => ({ ...cause, code: code == null ? null : String(code) }))
  .pipe(technicalCauseSchema)
  .nullable()
  .catch(null)

/** The journal, oldest first, with how long each attempt took: since the entry before it of the same stage. */
function timelineOf(journal: readonly JournalRow[]): TimelineEntry[] {
  const before = new Map<string, { at: Date; pauseMs: number | null }>()
  return journal.map(({ seq, stage, status, attempt, at, runState, failure, detail: { cause, pauseMs: pause, ...detail } }) => {
    const earlier = before.get(stage)
    const pauseMs = pauseSchema.parse(pause)
    before.set(stage, { at, pauseMs })
    const took =
      earlier && isEndOfAttempt({ status, detail }) ? at.getTime() - earlier.at.getTime() - (earlier.pauseMs ?? 0) : null
    const durationMs = took === null ? null : Math.max(0, took)
    return { seq, stage, status, attempt, at, runState, durationMs, pauseMs, failure, cause: causeSchema.parse(cause), detail }
  })
}

/** A cancellation is written down like a failure, and ends nothing that was going on. */
function isEndOfAttempt({ status, detail }: Pick<JournalRow, 'status' | 'detail'>): boolean {
  return status !== 'started' && status !== 'undone' && detail['cancelled'] !== true
}

/** That of the newest failure that has one, unless its stage was completed later. */
function rootCauseOf(timeline: readonly TimelineEntry[]): RunDetails['rootCause'] {
  const failed = timeline.findLast(({ cause }) => cause !== null)
  if (!failed?.cause) return null
  const overcome = timeline.some(({ seq, stage, status }) => seq > failed.seq && stage === failed.stage && status === 'completed')
  return overcome ? null : { ...failed.cause, seq: failed.seq }
}

/** The live one, or else the one that was given up last. */
async function organizationOf(tx: Tx, runId: string): Promise<RunDetails['organization']> {
  const { id, slug, name, status, onboardedAt, createdAt } = organizations
  const found = await tx
    .select({ id, slug, name, status, onboardedAt })
    .from(organizations)
    .where(eq(organizations.runId, runId))
    .orderBy(desc(createdAt))
  return found.find((organization) => organization.status !== 'abandoned') ?? found[0] ?? null
}

async function pendingSyncOf(tx: Tx, runId: string): Promise<RunDetails['pendingSync']> {
  const [sync] = await tx.select().from(syncs).where(eq(syncs.runId, runId))
  return sync ?? null
}
