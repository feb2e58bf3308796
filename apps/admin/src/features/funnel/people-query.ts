import { type FunnelGroup, funnelGroupSchema } from '@gangway/schemas/funnel'
import { type FunnelQuery, funnelSearch, readFunnelQuery } from './funnel-query.ts'

/** Which people, as it stands in the address. */
export interface FunnelPeopleQuery extends FunnelQuery {
  group: FunnelGroup
}

const EVERYBODY: FunnelGroup = { at: 'milestone', milestone: 'started', what: 'reached' }

export function readFunnelPeopleQuery(params: URLSearchParams): FunnelPeopleQuery {
  const [milestone, step, what] = ['milestone', 'step', 'what'].map((name) => params.get(name))
  const group = funnelGroupSchema.safeParse(step ? { at: 'step', step, what } : { at: 'milestone', milestone, what })
  return { ...readFunnelQuery(params), group: group.data ?? EVERYBODY }
}

export function funnelPeopleSearch({ group, ...query }: FunnelPeopleQuery): string {
  return funnelSearch(query, { [group.at]: group.at === 'step' ? group.step : group.milestone, what: group.what })
}
