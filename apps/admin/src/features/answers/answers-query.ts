import type { AnswersFilter } from '@gangway/schemas/answers'
import { type Role, roleSchema } from '@gangway/schemas/questionnaire'

/** The filter as it stands in the address. Days are `YYYY-MM-DD` by the reader's calendar, both included; '' for none. */
export interface AnswersQuery {
  roles: Role[]
  from: string
  to: string
}

export const NO_QUERY: AnswersQuery = { roles: [], from: '', to: '' }

/** Leaves out what it does not understand: addresses are typed and mailed around. */
export function readAnswersQuery(params: URLSearchParams): AnswersQuery {
  const roles = new Set(params.getAll('role').flatMap((role) => roleSchema.safeParse(role).data ?? []))
  return { roles: [...roles], from: dayOrNothing(params.get('from')), to: dayOrNothing(params.get('to')) }
}

/** The search part of the address, with its `?`; '' when nothing is filtered. */
export function answersSearch({ roles, from, to }: AnswersQuery): string {
  const params = new URLSearchParams(roles.map((role) => ['role', role]))
  if (from) params.set('from', from)
  if (to) params.set('to', to)
  return params.size > 0 ? `?${params}` : ''
}

export function isFiltered(query: AnswersQuery): boolean {
  return answersSearch(query) !== ''
}

/** True when the last day comes before the first. */
export function isBackwards({ from, to }: AnswersQuery): boolean {
  return from !== '' && to !== '' && to < from
}

/** What the API is asked: whole days become points in time in the reader's time zone. */
export function answersFilter({ roles, from, to }: AnswersQuery): AnswersFilter {
  return {
    roles: roles.length > 0 ? roles : undefined,
    completedFrom: startOfDay(from, 0),
    completedBefore: startOfDay(to, 1),
  }
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/

/** Typing 2026 into a date input passes through the years 2, 20 and 202. */
const FIRST_YEAR = 2000

function startOfDay(day: string, daysLater: number): Date | undefined {
  const [, year, month, date] = DAY.exec(day) ?? []
  if (!year || Number(year) < FIRST_YEAR) return undefined
  return new Date(Number(year), Number(month) - 1, Number(date) + daysLater)
}

function dayOrNothing(text: string | null): string {
  return text && DAY.test(text) && !Number.isNaN(Date.parse(text)) ? text : ''
}
