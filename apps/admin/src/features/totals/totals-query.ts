import { stepIdSchema } from '@gangway/schemas/questionnaire'
import { EVERYBODY, type PeopleQuery, peopleSearch, readPeople } from '../answers/people-query.ts'
import { type Days, isBackwards, readDay } from '../records/days.ts'

/** Whose answers are counted, of which step, and the days that they are compared with, as it stands in the address. */
export interface TotalsQuery extends PeopleQuery {
  /** '' for all. */
  step: string
  /** Both '' for no comparison. */
  than: Days
}

export const NO_DAYS: Days = { from: '', to: '' }
export const ALL_TOTALS: TotalsQuery = { ...EVERYBODY, step: '', than: NO_DAYS }

export function readTotalsQuery(params: URLSearchParams): TotalsQuery {
  return {
    ...readPeople(params),
    step: stepIdSchema.safeParse(params.get('step')).data ?? '',
    than: { from: readDay(params.get('than-from')), to: readDay(params.get('than-to')) },
  }
}

/** The search part of the address, with its `?`; '' for everything of everybody. */
export function totalsSearch(query: TotalsQuery): string {
  return peopleSearch(query, { step: query.step, 'than-from': query.than.from, 'than-to': query.than.to })
}

export function isComparing({ than }: TotalsQuery): boolean {
  return than.from !== '' || than.to !== ''
}

/** As many days as these are, right before them; null where they have no beginning or no end. */
export function daysBefore(days: Days): Days | null {
  if (days.from === '' || days.to === '' || isBackwards(days)) return null
  // Days are taken as UTC here, where each has 24 hours.
  const [from, to] = [Date.parse(days.from), Date.parse(days.to)]
  const length = to - from + DAY_MS
  return { from: dayOf(from - length), to: dayOf(from - DAY_MS) }
}

const DAY_MS = 86_400_000

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
