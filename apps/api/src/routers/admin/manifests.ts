import {
  answerLabels,
  createDraft,
  discardDraft,
  getDraft,
  getVersion,
  listManifests,
  publishManifest,
  rollBackManifest,
  saveDraft,
} from '@gangway/core/questionnaire'
import { answerLabelsSchema } from '@gangway/schemas/answer-labels'
import {
  draftIdSchema,
  manifestDetailSchema,
  manifestListSchema,
  publishInputSchema,
  rollBackInputSchema,
  saveDraftInputSchema,
  versionSchema,
} from '@gangway/schemas/manifest-editing'
import { router, staffProcedure } from '../../trpc/init.ts'

export const manifestsRouter = router({
  list: staffProcedure.output(manifestListSchema).query(({ ctx }) => listManifests(ctx.contexts.base)),

  /** What answers are called, in every version. */
  labels: staffProcedure.output(answerLabelsSchema).query(({ ctx }) => answerLabels(ctx.contexts.base)),

  version: staffProcedure
    .input(versionSchema)
    .output(manifestDetailSchema)
    .query(({ ctx, input }) => getVersion(ctx.contexts.base, input)),

  draft: staffProcedure
    .input(draftIdSchema)
    .output(manifestDetailSchema)
    .query(({ ctx, input }) => getDraft(ctx.contexts.base, input)),

  createDraft: staffProcedure
    .input(versionSchema)
    .output(manifestDetailSchema)
    .mutation(({ ctx, input }) => createDraft(ctx.contexts.base, { ...input, actorId: ctx.user.id })),

  saveDraft: staffProcedure
    .input(saveDraftInputSchema)
    .output(manifestDetailSchema)
    .mutation(({ ctx, input }) => saveDraft(ctx.contexts.base, { ...input, actorId: ctx.user.id })),

  discardDraft: staffProcedure
    .input(draftIdSchema)
    .mutation(({ ctx, input }) => discardDraft(ctx.contexts.base, { ...input, actorId: ctx.user.id })),

  publish: staffProcedure
    .input(publishInputSchema)
    .output(versionSchema)
    .mutation(({ ctx, input }) => publishManifest(ctx.contexts.base, { ...input, actorId: ctx.user.id })),

  rollBack: staffProcedure
    .input(rollBackInputSchema)
    .output(versionSchema)
    .mutation(({ ctx, input }) => rollBackManifest(ctx.contexts.base, { ...input, actorId: ctx.user.id })),
})
