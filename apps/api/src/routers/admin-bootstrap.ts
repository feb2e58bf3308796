import { bootstrap, bootstrapStatus, watchBootstrap } from '@gangway/core/bootstrap'
import { bootstrapReportSchema, bootstrapStatusSchema } from '@gangway/schemas/bootstrap'
import { router, staffProcedure } from '../trpc/init.ts'

export const adminBootstrapRouter = router({
  status: staffProcedure.output(bootstrapStatusSchema).query(({ ctx }) => bootstrapStatus(ctx.contexts.bootstrap)),

  /** Goes on when the page is closed. */
  run: staffProcedure.output(bootstrapReportSchema).mutation(({ ctx }) => {
    const report = bootstrap(ctx.contexts.bootstrap, { actorId: ctx.user.id })
    ctx.contexts.keep(settled(report))
    return report
  }),

  /** How far a bootstrap is, whichever process runs it; ends when the warehouse is SYNCED. Starts nothing. */
  progress: staffProcedure.subscription(async function* ({ ctx, signal }) {
    yield* watchBootstrap(ctx.contexts.bootstrap, { signal: signal ?? new AbortController().signal })
  }),
})

async function settled(work: Promise<unknown>): Promise<void> {
  await Promise.allSettled([work])
}
