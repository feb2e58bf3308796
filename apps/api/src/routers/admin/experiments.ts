import { listExperiments } from '@gangway/core/questionnaire'
import { experimentSchema } from '@gangway/schemas/experiments'
import { router, staffProcedure } from '../../trpc/init.ts'

export const experimentsRouter = router({
  list: staffProcedure.output(experimentSchema.array()).query(({ ctx }) => listExperiments(ctx.contexts.base)),
})
