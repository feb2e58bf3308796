'use client'

import { type ManifestField, textIn } from '@gangway/schemas/manifest'
import type { DraftValue, LanguageCode } from '@gangway/schemas/questionnaire'
import { Checkbox, NativeSelect, SimpleGrid, Switch, TagsInput, Textarea, TextInput } from '@mantine/core'
import { PreviewRows } from './preview-rows.tsx'

interface PreviewFieldProps {
  field: ManifestField
  language: LanguageCode
  value: DraftValue | undefined
  error: string | undefined
  onChange: (value: DraftValue) => void
}

/** A question with the control that the wizard draws for its type. */
export function PreviewField({ field, language, value, error, onChange }: PreviewFieldProps) {
  const common = {
    label: textIn(field.label, language) || field.name,
    description: textIn(field.help, language) || undefined,
    withAsterisk: field.required,
    error,
  }
  const options = (field.options ?? []).map((option) => ({
    value: option.value,
    label: textIn(option.label, language) || option.value,
  }))
  const text = typeof value === 'string' ? value : ''
  const list = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
  switch (field.type) {
    case 'textarea':
      return <Textarea {...common} rows={4} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
    case 'select':
    case 'timezone': {
      const data = field.type === 'timezone' ? zones() : options
      const none = { value: '', label: field.required ? 'Choose…' : 'No answer' }
      return (
        <NativeSelect {...common} data={[none, ...data]} value={text} onChange={(event) => onChange(event.currentTarget.value)} />
      )
    }
    case 'multi-select':
      if (field.allowsOther) return <TagsInput {...common} data={options} value={list} onChange={onChange} />
      return (
        <Checkbox.Group {...common} value={list} onChange={onChange}>
          <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs" mt="sm">
            {options.map((option) => (
              <Checkbox key={option.value} value={option.value} label={option.label} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )
    case 'boolean': {
      const { withAsterisk: _withAsterisk, ...switched } = common
      return <Switch {...switched} checked={value === true} onChange={(event) => onChange(event.currentTarget.checked)} />
    }
    case 'e-mail-list':
      return <PreviewRows {...{ field, language, value, error, onChange }} />
    case 'text':
    case 'number':
    case 'url':
    case 'date':
      return (
        <TextInput
          {...common}
          type={field.type === 'date' ? 'date' : 'text'}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
  }
}

/** Every zone that this browser knows, with its own, which may go by an older name. */
export function zones(): string[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone
  return [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', own])].toSorted()
}
