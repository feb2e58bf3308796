import { listKeys, markSaved, reveal, revokeKey, rotateKey } from '@gangway/core/keys'
import { requireOwner } from '@gangway/core/organizations'
import { orgInputSchema } from '@gangway/schemas/integrations'
import {
  apiKeyInputSchema,
  apiKeySchema,
  revealInputSchema,
  revealSchema,
  rotatedKeySchema,
  rotateKeyInputSchema,
} from '@gangway/schemas/keys'
import * as z from 'zod/mini'
import { customerProcedure, router } from '../trpc/init.ts'

/** Of the calls about one key of an organization, only its owners reach the reveal. */
export const keysRouter = router({
  reveal: customerProcedure
    .input(revealInputSchema)
    .output(revealSchema)
    .mutation(({ ctx, input }) => reveal(ctx.contexts.keys, { ...input, userId: ctx.user.id })),

  markSaved: customerProcedure
    .input(revealInputSchema)
    .output(revealSchema)
    .mutation(({ ctx, input }) => markSaved(ctx.contexts.keys, { ...input, userId: ctx.user.id })),

  list: customerProcedure
    .input(orgInputSchema)
    .output(z.array(apiKeySchema))
    .query(({ ctx, input }) => listKeys(ctx.contexts.keys, { ...input, userId: ctx.user.id })),

  rotate: customerProcedure
    .input(rotateKeyInputSchema)
    .output(rotatedKeySchema)
    .mutation(({ ctx, input }) => rotateKey(ctx.contexts.keys, { ...input, userId: ctx.user.id })),

  revealRotated: customerProcedure
    .input(apiKeyInputSchema)
    .output(revealSchema)
    .mutation(async ({ ctx, input: { orgId, keyId } }) => {
      const { userId } = await requireOwner(ctx.contexts.keys, { orgId, userId: ctx.user.id })
      return reveal(ctx.contexts.keys, { userId, keyId })
    }),

  markRotatedSaved: customerProcedure
    .input(apiKeyInputSchema)
    .output(revealSchema)
    .mutation(async ({ ctx, input: { orgId, keyId } }) => {
      const { userId } = await requireOwner(ctx.contexts.keys, { orgId, userId: ctx.user.id })
      return markSaved(ctx.contexts.keys, { userId, keyId })
    }),

  revoke: customerProcedure
    .input(apiKeyInputSchema)
    .output(apiKeySchema)
    .mutation(({ ctx, input }) => revokeKey(ctx.contexts.keys, { ...input, userId: ctx.user.id })),
})
