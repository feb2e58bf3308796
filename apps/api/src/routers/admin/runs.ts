import { cancelRun, listAllRuns, retryRun, rollBackRun, runDetails, watchRuns } from '@gangway/core/provisioning'
import { runViewSchema, startedRunSchema } from '@gangway/schemas/provisioning'
import {
  cancelRunInputSchema,
  listRunsInputSchema,
  liveRunsInputSchema,
  retryRunInputSchema,
  runDetailsSchema,
  runIdInputSchema,
  runsPageSchema,
} from '@gangway/schemas/runs'
import { router, staffProcedure } from '../../trpc/init.ts'

export const runsRouter = router({
  list: staffProcedure
    .input(listRunsInputSchema)
    .output(runsPageSchema)
    .query(({ ctx, input }) => listAllRuns(ctx.contexts.base, input)),

  get: staffProcedure
    .input(runIdInputSchema)
    .output(runDetailsSchema)
    .query(({ ctx, input }) => runDetails(ctx.contexts.base, input)),

  live: staffProcedure.input(liveRunsInputSchema).subscription(async function* ({ ctx, input, signal }) {
    yield* watchRuns(ctx.contexts.base, { ...input, signal: signal ?? new AbortController().signal })
  }),

  retry: staffProcedure
    .input(retryRunInputSchema)
    .output(startedRunSchema)
    .mutation(async ({ ctx, input: { runId, fromStage } }) => {
      const asked = { runId, actorId: ctx.user.id, ...(fromStage && { fromStage }) }
      const { settled, ...started } = await retryRun(ctx.contexts.provisioning, asked)
      ctx.contexts.keep(settled)
      return started
    }),

  cancel: staffProcedure
    .input(cancelRunInputSchema)
    .output(runViewSchema)
    .mutation(({ ctx, input }) => cancelRun(ctx.contexts.provisioning, { ...input, actorId: ctx.user.id })),

  rollBack: staffProcedure
    .input(runIdInputSchema)
    .output(startedRunSchema)
    .mutation(async ({ ctx, input }) => {
      const { settled, ...started } = await rollBackRun(ctx.contexts.provisioning, { ...input, actorId: ctx.user.id })
      ctx.contexts.keep(settled)
      return started
    }),
})
