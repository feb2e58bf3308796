import { type AnswerFilter, answerFilterSchema, type AnswersFilter } from '@gangway/schemas/answers'
import { type PlanId, planIdSchema } from '@gangway/schemas/plans'
import { type Role, roleSchema } from '@gangway/schemas/questionnaire'
import { type Days, windowOf } from '../records/days.ts'
import { readChoices, readDays, searchOf } from '../records/search-params.ts'

/** Whose answers are wanted, as it stands in the address. */
export interface PeopleQuery extends Days {
  roles: Role[]
  /** A slug. */
  org: string
  /** Of these plans the API takes one. */
  plan: PlanId | null
  variant: string
  /** Digits, or '' for any. */
  version: string
  answers: AnswerFilter[]
  text: string
}

export const EVERYBODY: PeopleQuery = {
  ...{ roles: [], org: '', plan: null, variant: '', version: '', answers: [], text: '' },
  ...{ from: '', to: '' },
}

export const MOST_ANSWERS = 5
const LONGEST = { text: 200, org: 50, variant: 60 }
/** `work.team=platform` */
const ANSWER = /^([^.=]+)\.([^=]+)=([^]+)$/

export function readPeople(params: URLSearchParams): PeopleQuery {
  const text = (name: keyof typeof LONGEST) => (params.get(name) ?? '').slice(0, LONGEST[name])
  const version = params.get('version') ?? ''
  return {
    roles: readChoices(params, 'role', roleSchema),
    ...{ text: text('text'), org: text('org'), variant: text('variant') },
    plan: planIdSchema.safeParse(params.get('plan')).data ?? null,
    version: /^[1-9]\d{0,3}$/.test(version) ? version : '',
    answers: [...new Set(params.getAll('answer'))].flatMap(readAnswer).slice(0, MOST_ANSWERS),
    ...readDays(params),
  }
}

function readAnswer(text: string): AnswerFilter[] {
  const [, step, field, value] = ANSWER.exec(text) ?? []
  const answer = answerFilterSchema.safeParse({ step, field, value })
  return answer.success ? [answer.data] : []
}

/** The search part of the address, with its `?`; '' for everybody. `others` are a page's own. */
export function peopleSearch(query: PeopleQuery, others: Readonly<Record<string, string>> = {}): string {
  const { roles, org, plan, variant, version, answers, text, from, to } = query
  const answer = answers.map((given) => `${given.step}.${given.field}=${given.value}`)
  return searchOf({ text, role: roles, org, plan: plan ?? '', variant, version, answer, from, to, ...others })
}

export function isEverybody(query: PeopleQuery): boolean {
  return peopleSearch(query) === ''
}

/** How many filters there are besides those that always show. */
export function countHidden({ org, plan, variant, version, answers }: PeopleQuery): number {
  return [org, plan, variant, version].filter(Boolean).length + answers.length
}

/** What the API is asked: whole days become points in time in the reader's time zone. */
export function peopleFilter(query: PeopleQuery): AnswersFilter {
  const { roles, plan, answers } = query
  const [org, variant, text] = [query.org.trim(), query.variant.trim(), query.text.trim()]
  const completed = windowOf(query)
  return {
    ...(roles.length > 0 && { roles }),
    ...(org && { org }),
    ...(plan && { plan }),
    ...(variant && { variant }),
    ...(query.version && { schemaVersion: Number(query.version) }),
    ...(answers.length > 0 && { answers }),
    ...(text && { text }),
    ...(completed.from && { completedFrom: completed.from }),
    ...(completed.before && { completedBefore: completed.before }),
  }
}
