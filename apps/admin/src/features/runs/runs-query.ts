import { type PlanId, planIdSchema } from '@gangway/schemas/plans'
import { type RunState, runStateSchema, type StageId, stageIdSchema } from '@gangway/schemas/provisioning'
import type { RunsFilter } from '@gangway/schemas/runs'
import { type Days, windowOf } from '../records/days.ts'
import { readChoices, readDays, searchOf } from '../records/search-params.ts'

/** The filter as it stands in the address. */
export interface RunsQuery extends Days {
  states: RunState[]
  stages: StageId[]
  plans: PlanId[]
  text: string
}

export const NO_QUERY: RunsQuery = { states: [], stages: [], plans: [], text: '', from: '', to: '' }

const LONGEST_TEXT = 200

export function readRunsQuery(params: URLSearchParams): RunsQuery {
  return {
    states: readChoices(params, 'state', runStateSchema),
    stages: readChoices(params, 'stage', stageIdSchema),
    plans: readChoices(params, 'plan', planIdSchema),
    text: (params.get('text') ?? '').slice(0, LONGEST_TEXT),
    ...readDays(params),
  }
}

/** The search part of the address, with its `?`; '' when nothing is filtered. */
export function runsSearch({ states, stages, plans, text, from, to }: RunsQuery): string {
  return searchOf({ state: states, stage: stages, plan: plans, text, from, to })
}

export function isFiltered(query: RunsQuery): boolean {
  return runsSearch(query) !== ''
}

/** What the API is asked: whole days become points in time in the reader's time zone. */
export function runsFilter({ states, stages, plans, text, ...days }: RunsQuery): RunsFilter {
  const created = windowOf(days)
  return {
    ...(states.length > 0 && { states }),
    ...(stages.length > 0 && { stages }),
    ...(plans.length > 0 && { plans }),
    ...(text.trim() && { text: text.trim() }),
    ...(created.from && { createdFrom: created.from }),
    ...(created.before && { createdBefore: created.before }),
  }
}
