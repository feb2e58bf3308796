import { listAllRuns } from '@gangway/core/provisioning'
import type { PlanId } from '@gangway/schemas/plans'
import type { RunState, StageId } from '@gangway/schemas/provisioning'
import type { RunRow, RunsFilter } from '@gangway/schemas/runs'
import { printJson, say, table } from '../output.ts'
import { stateText } from '../run-text.ts'
import { type Session, withSession } from '../session.ts'

const PAGE = 200

export interface ListOptions {
  state?: RunState[]
  stage?: StageId[]
  plan?: PlanId[]
  text?: string
  limit: number
  json?: boolean
}

export async function list({ state, stage, plan, text, limit, json }: ListOptions): Promise<boolean> {
  const filter: RunsFilter = {
    ...(state && { states: state }),
    ...(stage && { stages: stage }),
    ...(plan && { plans: plan }),
    ...(text !== undefined && { text }),
  }
  const { rows, count } = await withSession((session) => read(session, filter, limit))
  if (json) printJson({ rows, count })
  else if (rows.length === 0) console.log('No runs.')
  else {
    say(table(['RUN', 'TENANT', 'STATE', 'STAGE', 'PLAN', 'CUSTOMER', 'CREATED', 'FAILURE'], rows.map(cells)))
    if (count.value > rows.length)
      console.error(`${rows.length} of ${count.exact ? '' : 'more than '}${count.value} shown; --limit shows more.`)
  }
  return true
}

async function read({ contexts: { base } }: Session, filter: RunsFilter, limit: number) {
  const rows: RunRow[] = []
  let page = await listAllRuns(base, { filter, limit: Math.min(PAGE, limit) })
  rows.push(...page.rows)
  while (page.nextCursor && rows.length < limit) {
    page = await listAllRuns(base, { filter, cursor: page.nextCursor, limit: Math.min(PAGE, limit - rows.length) })
    rows.push(...page.rows)
  }
  return { rows, count: page.count }
}

function cells({ id, slug, state, stage, plan, email, createdAt, failure }: RunRow): string[] {
  const failed = failure ? `${failure.code} ${failure.errorId}` : ''
  return [id, slug, stateText(state), stage ?? '', plan, email, createdAt.toISOString(), failed]
}
