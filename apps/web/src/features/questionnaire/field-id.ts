import type { StepId } from '@gangway/schemas/questionnaire'

/** The id of a field's control in the page; `field` is a dotted path such as `invites.2.email`. */
export function fieldId(step: StepId, field: string): string {
  return `${step}-${field.replaceAll('.', '-')}`
}
