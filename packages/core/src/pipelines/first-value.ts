import { pipelineRuns } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { and, asc, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'

export interface FirstValue {
  runId: string
  at: Date
}

/** An organization's first pipeline run that succeeded; null until there is one. It never changes once it is there. */
export async function readFirstValue(
  ctx: { db: BaseContext['db'] | Tx },
  { orgId }: { orgId: string },
): Promise<FirstValue | null> {
  const { id, state, finishedAt, orgId: ofOrg } = pipelineRuns
  const [first] = await ctx.db
    .select({ runId: id, at: finishedAt })
    .from(pipelineRuns)
    .where(and(eq(ofOrg, orgId), eq(state, 'succeeded')))
    .orderBy(asc(finishedAt), asc(id))
    .limit(1)
  return first?.at ? { runId: first.runId, at: first.at } : null
}
