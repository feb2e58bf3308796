import { listLocks } from '@gangway/core/provisioning'
import { lockSchema } from '@gangway/schemas/runs'
import { router, staffProcedure } from '../../trpc/init.ts'

export const locksRouter = router({
  list: staffProcedure.output(lockSchema.array()).query(({ ctx }) => listLocks(ctx.contexts.base)),
})
