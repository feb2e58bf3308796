import { mergeField } from '@gangway/schemas/merge'
import type { FieldConflict, SaveInput } from '@gangway/schemas/onboarding'
import type { StepPatch } from '@gangway/schemas/questionnaire'

type Mine = Pick<SaveInput, 'step' | 'patch'>

/** Fields that both sides changed since `base`, each to something else. A field that `base` lacks only one side wrote. */
export function fieldConflicts({ step, patch }: Mine, base: StepPatch, theirs: StepPatch): FieldConflict[] {
  return Object.entries(patch).flatMap(([field, mine]) => {
    const sides = { base: base[field] ?? null, mine, theirs: theirs[field] ?? null }
    return field in base && mergeField(sides) === 'conflict' ? [{ step, field, ...sides }] : []
  })
}
