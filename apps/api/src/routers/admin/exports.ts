import { cancelExport, listExports, startExport, watchExport } from '@gangway/core/exports'
import {
  exportIdInputSchema,
  exportsPageSchema,
  exportViewSchema,
  listExportsInputSchema,
  startExportInputSchema,
} from '@gangway/schemas/exports'
import { router, staffProcedure } from '../../trpc/init.ts'

/** The file itself is downloaded by HTTP, from `downloadPath`. */
export const exportsRouter = router({
  list: staffProcedure
    .input(listExportsInputSchema)
    .output(exportsPageSchema)
    .query(({ ctx, input }) => listExports(ctx.contexts.exports, input)),

  start: staffProcedure
    .input(startExportInputSchema)
    .output(exportViewSchema)
    .mutation(({ ctx, input }) => startExport(ctx.contexts.exports, { actorId: ctx.user.id, request: input })),

  progress: staffProcedure.input(exportIdInputSchema).subscription(async function* ({ ctx, input, signal }) {
    yield* watchExport(ctx.contexts.exports, { ...input, signal: signal ?? new AbortController().signal })
  }),

  cancel: staffProcedure
    .input(exportIdInputSchema)
    .output(exportViewSchema)
    .mutation(({ ctx, input }) => cancelExport(ctx.contexts.exports, { actorId: ctx.user.id, ...input })),
})
