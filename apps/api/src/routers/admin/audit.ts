import { listAudit } from '@gangway/core/audit'
import { auditPageSchema, listAuditInputSchema } from '@gangway/schemas/audit'
import { router, staffProcedure } from '../../trpc/init.ts'

export const auditRouter = router({
  list: staffProcedure
    .input(listAuditInputSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAudit(ctx.contexts.base, input)),
})
