import { type AnswersQuery, answersSearch } from './features/answers/answers-query.ts'
import { type AuditQuery, auditSearch } from './features/audit/audit-query.ts'
import { type FunnelQuery, funnelSearch } from './features/funnel/funnel-query.ts'
import { type FunnelPeopleQuery, funnelPeopleSearch } from './features/funnel/people-query.ts'
import { type OrganizationsQuery, organizationsSearch } from './features/organizations/organizations-query.ts'
import { type PendingSyncsQuery, pendingSyncsSearch } from './features/pending-syncs/pending-syncs-query.ts'
import { type RunsQuery, runsSearch } from './features/runs/runs-query.ts'
import { type TotalsQuery, totalsSearch } from './features/totals/totals-query.ts'
import { type WebhooksQuery, webhooksSearch } from './features/webhooks/webhooks-query.ts'

/** Every URL of this app. */
export const paths = {
  answers: (query?: AnswersQuery) => `/answers${query ? answersSearch(query) : ''}`,
  person: (userId: string) => `/answers/${encodeURIComponent(userId)}`,
  totals: (query?: TotalsQuery) => `/totals${query ? totalsSearch(query) : ''}`,
  funnel: (query?: FunnelQuery) => `/funnel${query ? funnelSearch(query) : ''}`,
  funnelPeople: (query: FunnelPeopleQuery) => `/funnel/people${funnelPeopleSearch(query)}`,
  exports: () => '/exports',
  runs: (query?: RunsQuery) => `/runs${query ? runsSearch(query) : ''}`,
  run: (runId: string) => `/runs/${encodeURIComponent(runId)}`,
  organizations: (query?: OrganizationsQuery) => `/organizations${query ? organizationsSearch(query) : ''}`,
  pendingSyncs: (query?: PendingSyncsQuery) => `/pending-syncs${query ? pendingSyncsSearch(query) : ''}`,
  locks: () => '/locks',
  bootstrap: () => '/bootstrap',
  alerts: () => '/alerts',
  audit: (query?: AuditQuery) => `/audit${query ? auditSearch(query) : ''}`,
  webhooks: (query?: WebhooksQuery) => `/webhooks${query ? webhooksSearch(query) : ''}`,
  mail: (mailId?: string) => (mailId ? `/mail?message=${encodeURIComponent(mailId)}` : '/mail'),
  mailTemplates: (templateId?: string) => `/mail/templates${templateId ? `?template=${encodeURIComponent(templateId)}` : ''}`,
  manifests: () => '/manifests',
  manifest: (version: number) => `/manifests/${version}`,
  draft: (id: string) => `/manifests/drafts/${encodeURIComponent(id)}`,
  flags: () => '/flags',
  experiments: () => '/experiments',
  /** `from`: the page that asked for it, to come back to. */
  signIn: (from?: string) => (from ? `/sign-in?from=${encodeURIComponent(from)}` : '/sign-in'),
} as const
