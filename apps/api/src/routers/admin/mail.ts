import { listMailTemplates, listOutbox } from '@gangway/core/notifications'
import { mailSchema, mailTemplateSchema } from '@gangway/schemas/mail'
import { router, staffProcedure } from '../../trpc/init.ts'

export const mailRouter = router({
  list: staffProcedure.output(mailSchema.array()).query(({ ctx }) => listOutbox(ctx.contexts.base)),
  templates: staffProcedure.output(mailTemplateSchema.array()).query(() => listMailTemplates()),
})
