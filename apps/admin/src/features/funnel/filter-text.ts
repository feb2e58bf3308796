import type { AnswerLabels } from '@gangway/schemas/answer-labels'
import { PLANS } from '@gangway/schemas/plans'
import { valueLabel } from '../answers/questions.ts'
import type { FunnelQuery } from './funnel-query.ts'

/** Who is counted, in words: `Started 2026-02-01 to 2026-02-28; role Data; plan Scale`. */
export function filterText({ from, to, roles, plan, variant }: FunnelQuery, labels: AnswerLabels): string {
  const names = roles.map((value) => valueLabel({ step: 'work', field: 'role', value }, labels))
  const parts = [
    daysText(from, to),
    names.length > 0 ? `role ${names.join(' or ')}` : '',
    plan ? `plan ${PLANS[plan].name}` : '',
    variant ? `variant ${variant}` : '',
  ]
  return parts.filter(Boolean).join('; ')
}

function daysText(from: string, to: string): string {
  if (from && to) return from === to ? `Started ${from}` : `Started ${from} to ${to}`
  if (from) return `Started from ${from}`
  return to ? `Started until ${to}` : 'Started at any time'
}
