'use client'

import type { Localized } from '@gangway/schemas/manifest'
import { LANGUAGES } from '@gangway/schemas/questionnaire'
import { TextInput } from '@mantine/core'
import { useDraftContext } from './draft-context.ts'
import { problemAt } from './problems.ts'

interface LocalizedInputProps {
  label: string
  /** Where the text is in the manifest. */
  path: string
  value: Localized | undefined
  onChange: (value: Localized) => void
  description?: string
}

/** A text in the language that is being written; the English one stands in until there is one. */
export function LocalizedInput({ label, path, value = { en: '' }, onChange, description }: LocalizedInputProps) {
  const { language, problems } = useDraftContext()
  const name = LANGUAGES.find((known) => known.value === language)?.label
  return (
    <TextInput
      label={language === 'en' ? label : `${label} (${name})`}
      description={description}
      lang={language}
      placeholder={language === 'en' ? undefined : value.en}
      value={value[language] ?? ''}
      onChange={(event) => onChange({ ...value, [language]: event.currentTarget.value })}
      error={problemAt(problems, `${path}.${language}`)}
    />
  )
}
