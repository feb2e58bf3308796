import { bootstrap, bootstrapStatus } from '@gangway/core/bootstrap'
import { bootstrapReportSchema, bootstrapStatusSchema } from '@gangway/schemas/bootstrap'
import { defineRoute, nothing } from '../route.ts'
import { settled } from '../settled.ts'

export const bootstrapRoutes = [
  defineRoute({
    ...{ method: 'GET', path: '/api/v1/admin/bootstrap/status', who: 'root_key', tag: 'Bootstrap' },
    summary: 'Whether the warehouse is set up',
    description: 'SYNCED is remembered for a minute; anything else is looked at anew.',
    input: nothing,
    answer: bootstrapStatusSchema.meta({ id: 'BootstrapStatus' }),
    errors: ['WAREHOUSE_UNAVAILABLE', 'WAREHOUSE_DENIED'],
    handle: ({ bootstrap: ctx }) => bootstrapStatus(ctx),
  }),

  defineRoute({
    ...{ method: 'POST', path: '/api/v1/admin/bootstrap', who: 'root_key', tag: 'Bootstrap' },
    summary: 'Set the warehouse up',
    description: 'Safe to repeat. Goes on when the caller hangs up.',
    input: nothing,
    answer: bootstrapReportSchema.meta({ id: 'BootstrapReport' }),
    errors: ['WAREHOUSE_UNAVAILABLE', 'WAREHOUSE_DENIED', 'WAREHOUSE_QUOTA'],
    handle({ bootstrap: ctx, keep }) {
      const report = bootstrap(ctx, { actorId: null })
      keep(settled(report))
      return report
    },
  }),
]
