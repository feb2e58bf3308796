import { requireMember } from '@gangway/core/organizations'
import { getPipelineRun, listPipelineRuns, startPipelineRun } from '@gangway/core/pipelines'
import {
  listPipelineRunsInputSchema,
  pipelineRunDetailSchema,
  pipelineRunInputSchema,
  pipelineRunSchema,
  pipelineRunsPageSchema,
  startPipelineInputSchema,
} from '@gangway/schemas/pipelines'
import { customerProcedure, router } from '../trpc/init.ts'

/** For all members of the organization. */
export const pipelinesRouter = router({
  start: customerProcedure
    .input(startPipelineInputSchema)
    .output(pipelineRunSchema)
    .mutation(async ({ ctx, input: { orgId, ...wanted } }) => {
      const { integrations } = ctx.contexts
      const caller = await requireMember(integrations, { orgId, userId: ctx.user.id })
      return startPipelineRun(integrations, { caller, orgSlug: caller.orgSlug, ...wanted })
    }),

  get: customerProcedure
    .input(pipelineRunInputSchema)
    .output(pipelineRunDetailSchema)
    .query(async ({ ctx, input: { orgId, runId } }) => {
      const { base } = ctx.contexts
      return getPipelineRun(base, { caller: await requireMember(base, { orgId, userId: ctx.user.id }), runId })
    }),

  list: customerProcedure
    .input(listPipelineRunsInputSchema)
    .output(pipelineRunsPageSchema)
    .query(async ({ ctx, input: { orgId, cursor, limit } }) => {
      const { base } = ctx.contexts
      return listPipelineRuns(base, { caller: await requireMember(base, { orgId, userId: ctx.user.id }), cursor, limit })
    }),
})
