import { listOutbox } from '@gangway/core/notifications'
import { mailSchema } from '@gangway/schemas/mail'
import { router, staffProcedure } from '../../trpc/init.ts'

export const mailRouter = router({
  list: staffProcedure.output(mailSchema.array()).query(({ ctx }) => listOutbox(ctx.contexts.base)),
})
