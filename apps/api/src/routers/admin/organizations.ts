import { examineAll, examinedOrganization, examineOrganization, listExamined, repairOrganization } from '@gangway/core/doctor'
import {
  examinedAllSchema,
  examinedOrganizationSchema,
  listOrganizationsInputSchema,
  organizationsPageSchema,
  orgIdInputSchema,
  repairReportSchema,
} from '@gangway/schemas/doctor'
import { router, staffProcedure } from '../../trpc/init.ts'

/** Organizations with their health. A look at all of them changes nothing; a repair is in the audit log. */
export const adminOrganizationsRouter = router({
  list: staffProcedure
    .input(listOrganizationsInputSchema)
    .output(organizationsPageSchema)
    .query(({ ctx, input }) => listExamined(ctx.contexts.base, input)),

  examine: staffProcedure
    .input(orgIdInputSchema)
    .output(examinedOrganizationSchema)
    .mutation(async ({ ctx, input }) => {
      await examineOrganization(ctx.contexts.provisioning, input)
      return examinedOrganization(ctx.contexts.base, input)
    }),

  examineAll: staffProcedure
    .output(examinedAllSchema)
    .mutation(({ ctx, signal }) => examineAll(ctx.contexts.provisioning, { ...(signal && { signal }) })),

  repair: staffProcedure
    .input(orgIdInputSchema)
    .output(repairReportSchema)
    .mutation(async ({ ctx, input }) => {
      const { repaired } = await repairOrganization(ctx.contexts.provisioning, { ...input, actorId: ctx.user.id })
      return { repaired, organization: await examinedOrganization(ctx.contexts.base, input) }
    }),

  repairAll: staffProcedure
    .output(examinedAllSchema)
    .mutation(({ ctx, signal }) =>
      examineAll(ctx.contexts.provisioning, { repair: { actorId: ctx.user.id }, ...(signal && { signal }) }),
    ),
})
