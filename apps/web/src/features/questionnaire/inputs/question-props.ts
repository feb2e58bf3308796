import { type ManifestField, textIn } from '@gangway/schemas/manifest'
import type { DraftValue, LanguageCode, StepId } from '@gangway/schemas/questionnaire'
import type { Control } from 'react-hook-form'
import { fieldId } from '../field-id.ts'

/** What a step's form holds, by the names of its questions. */
export type FormValues = Record<string, DraftValue>

export interface QuestionProps {
  step: StepId
  field: ManifestField
  language: LanguageCode
  control: Control<FormValues, unknown, unknown>
}

/** What every control says of its question. */
export function describedBy({ step, field, language }: QuestionProps) {
  return {
    id: fieldId(step, field.name),
    label: textIn(field.label, language),
    description: textIn(field.help, language) || undefined,
  }
}

export function requiredMark({ field: { required } }: QuestionProps) {
  return { withAsterisk: required, 'aria-required': required }
}

export function optionsIn({ field, language }: QuestionProps): { value: string; label: string }[] {
  return (field.options ?? []).map(({ value, label }) => ({ value, label: textIn(label, language) || value }))
}
