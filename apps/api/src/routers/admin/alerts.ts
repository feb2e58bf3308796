import { readAlerts } from '@gangway/core/provisioning'
import { alertSchema } from '@gangway/schemas/runs'
import { staffProcedure } from '../../trpc/init.ts'

/** Every kind of alert, raised or not. */
export const alertsProcedure = staffProcedure.output(alertSchema.array()).query(({ ctx }) => readAlerts(ctx.contexts.base))
