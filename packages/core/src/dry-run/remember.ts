import { dryRuns } from '@gangway/db/schema'
import type { DryRunResult } from '@gangway/schemas/dry-run'
import { and, eq, gt, inArray, lte } from 'drizzle-orm'
import type { DryRunContext } from '../context.ts'
import { type DryRunInput, inputDigest } from './input.ts'

/** For how long a passing dry run counts. */
const REMEMBERED_MS = 15 * 60 * 1000
/** Forgotten at once, so that no answer waits long for it. */
const FORGOTTEN_AT_ONCE = 100

/** Keeps a passing answer; a newer one for the same input takes its place. */
export async function remember(ctx: DryRunContext, input: DryRunInput, result: DryRunResult): Promise<void> {
  const answer = { tenantId: input.tenantId, result, passedAt: ctx.clock.now() }
  await ctx.db
    .insert(dryRuns)
    .values({ digest: inputDigest(input), ...answer })
    .onConflictDoUpdate({ target: dryRuns.digest, set: answer })
  await forgetExpired(ctx)
}

export async function isRemembered(ctx: DryRunContext, input: DryRunInput): Promise<boolean> {
  const rows = await ctx.db
    .select({ digest: dryRuns.digest })
    .from(dryRuns)
    .where(and(eq(dryRuns.digest, inputDigest(input)), gt(dryRuns.passedAt, cutoff(ctx))))
  return rows.length > 0
}

/** Skips rows that another process forgets at this moment. */
async function forgetExpired(ctx: DryRunContext): Promise<void> {
  const expired = ctx.db
    .select({ digest: dryRuns.digest })
    .from(dryRuns)
    .where(lte(dryRuns.passedAt, cutoff(ctx)))
    .limit(FORGOTTEN_AT_ONCE)
    .for('update', { skipLocked: true })
  await ctx.db.delete(dryRuns).where(inArray(dryRuns.digest, expired))
}

function cutoff({ clock }: DryRunContext): Date {
  return new Date(clock.now().getTime() - REMEMBERED_MS)
}
