import { router } from '../trpc/init.ts'
import { alertsProcedure } from './admin/alerts.ts'
import { answersRouter } from './admin/answers.ts'
import { auditRouter } from './admin/audit.ts'
import { adminBootstrapRouter } from './admin-bootstrap.ts'
import { experimentsRouter } from './admin/experiments.ts'
import { flagsRouter } from './admin/flags.ts'
import { exportsRouter } from './admin/exports.ts'
import { funnelRouter } from './admin/funnel.ts'
import { locksRouter } from './admin/locks.ts'
import { mailRouter } from './admin/mail.ts'
import { manifestsRouter } from './admin/manifests.ts'
import { adminOrganizationsRouter } from './admin/organizations.ts'
import { pendingSyncsRouter } from './admin/pending-syncs.ts'
import { runsRouter } from './admin/runs.ts'
import { savedViewsRouter } from './admin/saved-views.ts'
import { adminWebhooksRouter } from './admin/webhooks.ts'

export const adminRouter = router({
  alerts: alertsProcedure,
  answers: answersRouter,
  audit: auditRouter,
  bootstrap: adminBootstrapRouter,
  experiments: experimentsRouter,
  flags: flagsRouter,
  exports: exportsRouter,
  funnel: funnelRouter,
  locks: locksRouter,
  mail: mailRouter,
  manifests: manifestsRouter,
  organizations: adminOrganizationsRouter,
  pendingSyncs: pendingSyncsRouter,
  runs: runsRouter,
  savedViews: savedViewsRouter,
  webhooks: adminWebhooksRouter,
})
