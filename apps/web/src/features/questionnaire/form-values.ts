import type { ManifestField, ManifestStep } from '@gangway/schemas/manifest'
import { WORKSPACE_FIELDS } from '@gangway/schemas/manifest-applicable'
import type { DraftValue, StepPatch } from '@gangway/schemas/questionnaire'
import { choiceOf, flagOf, listOf, rowsOf, textOf } from './draft-values.ts'
import type { FormValues } from './inputs/question-props.ts'

/** What a step's form shows for what is stored. */
export function shownValues({ kind, fields }: ManifestStep, stored: StepPatch): FormValues {
  if (kind === 'create-or-join') {
    return Object.fromEntries(
      WORKSPACE_FIELDS.map((name) => [name, name === 'mode' ? choiceOf(stored[name]) : textOf(stored[name])]),
    )
  }
  return Object.fromEntries(fields.map((field) => [field.name, shown(field, stored[field.name])]))
}

function shown({ type, options }: ManifestField, stored: DraftValue | undefined): DraftValue {
  switch (type) {
    case 'select':
    case 'timezone':
      return choiceOf(stored)
    case 'multi-select':
      return listOf(stored)
    case 'boolean':
      return flagOf(stored)
    case 'e-mail-list': {
      const role = options?.[0]?.value
      const blank = { email: '', ...(role !== undefined && { role }) }
      const rows = rowsOf(stored).map((row) => ({ ...blank, ...row }))
      return rows.length > 0 ? rows : [blank]
    }
    case 'text':
    case 'textarea':
    case 'number':
    case 'url':
    case 'date':
      return textOf(stored)
  }
}

/** What is stored of what a step's form shows. */
export function storedValues({ fields }: ManifestStep, values: FormValues): StepPatch {
  const lists = fields.filter(({ type }) => type === 'e-mail-list')
  return { ...values, ...Object.fromEntries(lists.map(({ name }) => [name, filledRows(values[name])])) }
}

/** Rows that are still blank at the end are nobody's address yet; those in between keep their place. */
function filledRows(value: DraftValue | undefined): DraftValue {
  const rows = rowsOf(value)
  return rows.slice(0, rows.findLastIndex(({ email = '' }) => email.trim() !== '') + 1)
}
