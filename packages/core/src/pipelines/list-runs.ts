import { pipelineRuns } from '@gangway/db/schema'
import type { PipelineRun } from '@gangway/schemas/pipelines'
import { and, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import type { MemberCaller } from '../organizations/index.ts'
import { microsOf, newestFirst, newestOrder, olderThan } from '../paging/index.ts'
import { runView } from './run-row.ts'

const KEYS = { time: pipelineRuns.createdAt, id: pipelineRuns.id }

export interface ListPipelineRuns {
  caller: MemberCaller
  /** `nextCursor` of the page before. */
  cursor?: string | null | undefined
  limit: number
}

/** A page of an organization's runs, newest first. Throws INPUT_INVALID for a foreign cursor. */
export async function listPipelineRuns(
  ctx: BaseContext,
  { caller, cursor, limit }: ListPipelineRuns,
): Promise<{ rows: PipelineRun[]; nextCursor: string | null }> {
  const filter = { orgId: caller.orgId }
  const after = cursor ? newestFirst.decode(cursor, filter) : undefined
  const rows = await ctx.db
    .select({ run: pipelineRuns, micros: microsOf(pipelineRuns.createdAt) })
    .from(pipelineRuns)
    .where(and(eq(pipelineRuns.orgId, caller.orgId), after && olderThan(KEYS, after)))
    .orderBy(...newestOrder(KEYS))
    .limit(limit + 1)
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    rows: page.map(({ run }) => runView(run, caller.orgSlug)),
    nextCursor: last && rows.length > limit ? newestFirst.encode({ micros: last.micros, id: last.run.id }, filter) : null,
  }
}
