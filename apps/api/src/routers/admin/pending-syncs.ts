import { listPendingSyncs, syncAllPending, syncPendingRecord } from '@gangway/core/provisioning'
import {
  listPendingSyncsInputSchema,
  pendingSyncIdInputSchema,
  pendingSyncSchema,
  pendingSyncsPageSchema,
  syncedSchema,
} from '@gangway/schemas/runs'
import { router, staffProcedure } from '../../trpc/init.ts'

export const pendingSyncsRouter = router({
  list: staffProcedure
    .input(listPendingSyncsInputSchema)
    .output(pendingSyncsPageSchema)
    .query(({ ctx, input }) => listPendingSyncs(ctx.contexts.base, input)),

  syncOne: staffProcedure
    .input(pendingSyncIdInputSchema)
    .output(pendingSyncSchema)
    .mutation(({ ctx, input }) => syncPendingRecord(ctx.contexts.provisioning, { ...input, actorId: ctx.user.id })),

  syncAll: staffProcedure
    .output(syncedSchema)
    .mutation(({ ctx }) => syncAllPending(ctx.contexts.provisioning, { actorId: ctx.user.id })),
})
