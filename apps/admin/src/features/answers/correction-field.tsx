'use client'

import type { ManifestField } from '@gangway/schemas/manifest'
import type { DraftValue } from '@gangway/schemas/questionnaire'
import { TagsInput } from '@mantine/core'
import { PreviewField, zones } from '../manifest/preview-field.tsx'

interface CorrectionFieldProps {
  field: ManifestField
  value: DraftValue | undefined
  error: string | undefined
  onChange: (value: DraftValue) => void
}

/** A question as the wizard asks it, with whatever was answered among what can be chosen. */
export function CorrectionField({ field, value, error, onChange }: CorrectionFieldProps) {
  if (field.type === 'e-mail-list') return <Addresses {...{ field, value, error, onChange }} />
  const choices = field.type === 'timezone' ? zones().map(optionOf) : (field.options ?? [])
  const given = Array.isArray(value) ? value : [value]
  const unknown = given.flatMap((item) =>
    typeof item === 'string' && item !== '' && !choices.some((choice) => choice.value === item) ? [optionOf(item)] : [],
  )
  const asked: ManifestField = {
    ...field,
    type: field.type === 'timezone' ? 'select' : field.type,
    options: [...choices, ...unknown],
  }
  return (
    <PreviewField
      field={asked}
      language="en"
      value={typeof value === 'number' ? String(value) : value}
      error={error}
      onChange={onChange}
    />
  )
}

function optionOf(value: string) {
  return { value, label: { en: value } }
}

/** The addresses of rows; whatever else stands in a row that is there already stays. */
function Addresses({ field, value, error, onChange }: CorrectionFieldProps) {
  const rows = Array.isArray(value) ? value.filter((row) => typeof row === 'object') : []
  const role = field.options?.[0]?.value
  return (
    <TagsInput
      label={field.label.en}
      description="Nobody is invited by a correction. Those who are here keep their role."
      error={error}
      withAsterisk={field.required}
      value={rows.map(({ email = '' }) => email)}
      onChange={(emails) =>
        onChange(
          emails.map((email) => rows.find((row) => row['email'] === email) ?? { email, ...(role !== undefined && { role }) }),
        )
      }
    />
  )
}
