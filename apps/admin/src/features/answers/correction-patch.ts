import { isNoAnswer, sameAnswer } from '@gangway/schemas/merge'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'

/** What `after` has otherwise than `before`, by step; `null` takes an answer back. */
export function correctionPatch(before: DraftAnswers, after: DraftAnswers): DraftAnswers {
  const patched = Object.entries(after).flatMap(([step, fields]) => {
    const given = before[step] ?? {}
    const different = Object.entries(fields).filter(([field, value]) => !sameAnswer(given[field], value))
    const patch = different.map(([field, value]) => [field, isNoAnswer(value) ? null : value] as const)
    return patch.length > 0 ? [[step, Object.fromEntries(patch)] as const] : []
  })
  return Object.fromEntries(patched)
}
