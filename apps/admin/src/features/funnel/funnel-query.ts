import { type CohortBy, cohortBySchema, type FunnelFilter } from '@gangway/schemas/funnel'
import { type PlanId, planIdSchema } from '@gangway/schemas/plans'
import { type Role, roleSchema } from '@gangway/schemas/questionnaire'
import { type Days, windowOf } from '../records/days.ts'
import { readChoices, readDays, searchOf } from '../records/search-params.ts'

/** Who is counted, by the days on which they started, and in which parts, as it stands in the address. */
export interface FunnelQuery extends Days {
  roles: Role[]
  plan: PlanId | null
  variant: string
  by: CohortBy
}

export const ALL_PEOPLE: FunnelQuery = { roles: [], plan: null, variant: '', from: '', to: '', by: 'day' }

const LONGEST_VARIANT = 60

export function readFunnelQuery(params: URLSearchParams): FunnelQuery {
  return {
    roles: readChoices(params, 'role', roleSchema),
    plan: planIdSchema.safeParse(params.get('plan')).data ?? null,
    variant: (params.get('variant') ?? '').slice(0, LONGEST_VARIANT),
    ...readDays(params),
    by: cohortBySchema.safeParse(params.get('by')).data ?? ALL_PEOPLE.by,
  }
}

/** The search part of the address, with its `?`; '' for everybody. `others` are a page's own. */
export function funnelSearch(query: FunnelQuery, others: Readonly<Record<string, string>> = {}): string {
  const { roles, plan, variant, from, to, by } = query
  return searchOf({ role: roles, plan: plan ?? '', variant, from, to, by: by === ALL_PEOPLE.by ? '' : by, ...others })
}

/** In which parts people are shown is no filter. */
export function isFiltered(query: FunnelQuery): boolean {
  return funnelSearch({ ...query, by: ALL_PEOPLE.by }) !== ''
}

export function funnelFilter(query: FunnelQuery): FunnelFilter {
  const { roles, plan } = query
  const variant = query.variant.trim()
  const started = windowOf(query)
  return {
    ...(roles.length > 0 && { roles }),
    ...(plan && { plan }),
    ...(variant && { variant }),
    ...(started.from && { startedFrom: started.from }),
    ...(started.before && { startedBefore: started.before }),
  }
}

/** The people of one cohort among these; null for those of whom it is not known, who cannot be asked for. */
export function ofCohort(query: FunnelQuery, key: string | null): FunnelQuery | null {
  const { by } = query
  if (key === null) return null
  if (by === 'role') return withKnown(query, { roles: roleSchema.safeParse(key).data })
  if (by === 'plan') return withKnown(query, { plan: planIdSchema.safeParse(key).data })
  // Days are taken as UTC here, where each has 24 hours.
  const first = new Date(`${key}T00:00:00Z`)
  const last = new Date(first)
  if (by === 'week') last.setUTCDate(first.getUTCDate() + 6)
  if (by === 'month') last.setUTCMonth(first.getUTCMonth() + 1, 0)
  const day = last.toISOString().slice(0, 10)
  // A week or a month that the window cuts is counted as far as it reaches.
  return { ...query, from: query.from > key ? query.from : key, to: query.to !== '' && query.to < day ? query.to : day }
}

function withKnown(
  query: FunnelQuery,
  { roles, plan }: { roles?: Role | undefined; plan?: PlanId | undefined },
): FunnelQuery | null {
  if (roles) return { ...query, roles: [roles] }
  return plan ? { ...query, plan } : null
}
