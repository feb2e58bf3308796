import { demoBatches, demoPeople, mailOutbox, onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { and, eq, gt, inArray, isNotNull, isNull, like, sql } from 'drizzle-orm'
import { z } from 'zod'
import { rollUpTotals } from '../answers/index.ts'
import type { BootstrapContext } from '../context.ts'
import { removeWorkspace } from '../workspace/index.ts'
import { DEMO_DOMAIN } from './address.ts'
import { analyzeDemo } from './analyze.ts'
import { removeDemoQuestions } from './questions.ts'

/** People of one transaction. */
const CHUNK = 500
const WAIT_MS = 100

export interface RemoveDemo {
  /** Stops after the people who are being removed. */
  signal?: AbortSignal
  onProgress?: (progress: { done: number; total: number }) => void
}

export interface DemoRemoval {
  batches: number
  people: number
  finished: boolean
}

const forgottenSchema = z.tuple([z.object({ forgotten: z.number() })])

/**
 * Removes everybody who was made up, with everything that is theirs, and takes their answers out of the totals. What was
 * made for one of them in the warehouse since, because somebody tried again a run of theirs, goes as well. Safe to repeat,
 * and to call again when it was cut off. What stays are lines of the audit log, and months without a row.
 */
export async function removeDemo(ctx: BootstrapContext, { signal, onProgress }: RemoveDemo = {}): Promise<DemoRemoval> {
  await inTransaction(ctx.db, (tx) =>
    tx.update(demoBatches).set({ removedAt: ctx.clock.now() }).where(isNull(demoBatches.removedAt)),
  )
  const batches = await ctx.db.select({ id: demoBatches.id }).from(demoBatches).where(isNotNull(demoBatches.removedAt))
  const total = await ctx.db.$count(demoPeople)
  const removal = { batches: 0, people: 0, finished: false }
  await removeWorkspaces(ctx)
  for (const { id } of batches) {
    while (await hasPeople(ctx, id)) {
      if (signal?.aborted) return removal
      const forgotten = await forget(ctx, id)
      removal.people += forgotten
      onProgress?.({ done: removal.people, total: Math.max(total, removal.people) })
      // Somebody else has the last of them in hand.
      if (forgotten === 0) await ctx.clock.sleep(WAIT_MS)
    }
    removal.batches += 1
  }
  const ids = batches.map(({ id }) => id)
  await inTransaction(ctx.db, async (tx) => {
    await tx.delete(mailOutbox).where(like(mailOutbox.recipient, `%@${DEMO_DOMAIN}`))
    await removeDemoQuestions(tx)
    await tx.delete(demoBatches).where(inArray(demoBatches.id, ids))
  })
  await rollUpTotals(ctx)
  await analyzeDemo(ctx)
  return { ...removal, finished: true }
}

async function hasPeople({ db }: BootstrapContext, batchId: string): Promise<boolean> {
  const found = await db.select({ id: demoPeople.userId }).from(demoPeople).where(eq(demoPeople.batchId, batchId)).limit(1)
  return found.length > 0
}

async function forget({ db }: BootstrapContext, batchId: string): Promise<number> {
  const [{ forgotten }] = forgottenSchema.parse([
    ...(await inTransaction(db, (tx) => tx.execute(sql`select forget_demo_people(${batchId}, ${CHUNK}) as forgotten`))),
  ])
  return forgotten
}

/** A run that was taken up after it was told has a fencing token, and may have come to a workspace. */
async function removeWorkspaces(ctx: BootstrapContext): Promise<void> {
  const { id, slug, workspace, userId, fencingToken } = onboardingRuns
  const takenUp = await ctx.db
    .select({ runId: id, orgSlug: slug, dataset: workspace })
    .from(onboardingRuns)
    .innerJoin(demoPeople, eq(demoPeople.userId, userId))
    .where(and(gt(fencingToken, 0), isNotNull(workspace)))
  for (const { dataset, ...of } of takenUp) if (dataset !== null) await removeWorkspace(ctx, { dataset, ...of })
}
