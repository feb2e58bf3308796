import { chooseSlug, type Fulfilment, fulfil, getRun, listRuns, progress } from '@gangway/core/provisioning'
import {
  chooseSlugInputSchema,
  progressInputSchema,
  runViewSchema,
  startedRunSchema,
  startRunInputSchema,
  type StartedRun,
} from '@gangway/schemas/provisioning'
import { tracked } from '@trpc/server'
import * as z from 'zod/mini'
import { customerProcedure, router } from '../trpc/init.ts'

/** The stages go on after the answer; a process that shuts down waits for them. */
function answer(fulfilment: Fulfilment, keep: (work: Promise<void>) => void): StartedRun {
  keep(fulfilment.settled)
  return { run: fulfilment.run, part: fulfilment.part }
}

export const provisioningRouter = router({
  mine: customerProcedure
    .output(z.array(runViewSchema))
    .query(({ ctx }) => listRuns(ctx.contexts.provisioning, { userId: ctx.user.id })),

  get: customerProcedure
    .input(startRunInputSchema)
    .output(runViewSchema)
    .query(({ ctx, input }) => getRun(ctx.contexts.provisioning, { ...input, userId: ctx.user.id })),

  start: customerProcedure
    .input(startRunInputSchema)
    .output(startedRunSchema)
    .mutation(async ({ ctx, input }) =>
      answer(await fulfil(ctx.contexts.provisioning, { ...input, userId: ctx.user.id }), ctx.contexts.keep),
    ),

  retry: customerProcedure
    .input(startRunInputSchema)
    .output(startedRunSchema)
    .mutation(async ({ ctx, input }) =>
      answer(await fulfil(ctx.contexts.provisioning, { ...input, userId: ctx.user.id }), ctx.contexts.keep),
    ),

  chooseSlug: customerProcedure
    .input(chooseSlugInputSchema)
    .output(runViewSchema)
    .mutation(async ({ ctx, input }) => {
      const fulfilment = await chooseSlug(ctx.contexts.provisioning, { ...input, userId: ctx.user.id })
      return answer(fulfilment, ctx.contexts.keep).run
    }),

  progress: customerProcedure.input(progressInputSchema).subscription(async function* ({ ctx, input, signal }) {
    const after = Number(input.lastEventId ?? 0)
    const events = progress(ctx.contexts.provisioning, {
      checkoutSessionId: input.checkoutSessionId,
      userId: ctx.user.id,
      after: Number.isSafeInteger(after) ? after : 0,
      signal: signal ?? new AbortController().signal,
    })
    for await (const event of events) yield tracked(String(event.seq), event)
  }),
})
