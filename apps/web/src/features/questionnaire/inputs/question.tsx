'use client'

import type { ManifestField, ManifestStep } from '@gangway/schemas/manifest'
import { Skeleton } from '@mantine/core'
import dynamic from 'next/dynamic'
import { ChoiceInput } from './choice-input.tsx'
import type { QuestionProps } from './question-props.ts'
import { TextInput } from './text-input.tsx'

/* What nearly every step has is there from the start; the rest comes with the first step that has it. */
const LATER = {
  lines: () => import('./lines-input.tsx').then(({ LinesInput }) => LinesInput),
  timezone: () => import('./timezone-input.tsx').then(({ TimezoneInput }) => TimezoneInput),
  checkboxes: () => import('./checkbox-input.tsx').then(({ CheckboxInput }) => CheckboxInput),
  tags: () => import('./tags-input.tsx').then(({ TagsInput }) => TagsInput),
  switch: () => import('./switch-input.tsx').then(({ SwitchInput }) => SwitchInput),
  emails: () => import('./e-mail-rows.tsx').then(({ EmailRows }) => EmailRows),
  workspace: () => import('../workspace-form.tsx').then(({ WorkspaceForm }) => WorkspaceForm),
}

const loading = () => <Skeleton height={60} />
const LinesInput = dynamic(LATER.lines, { ssr: false, loading })
const TimezoneInput = dynamic(LATER.timezone, { ssr: false, loading })
const CheckboxInput = dynamic(LATER.checkboxes, { ssr: false, loading })
const TagsInput = dynamic(LATER.tags, { ssr: false, loading })
const SwitchInput = dynamic(LATER.switch, { ssr: false, loading })
const EmailRows = dynamic(LATER.emails, { ssr: false, loading })

/** One question, by the control of its type. */
export function Question(props: QuestionProps) {
  const { type, allowsOther } = props.field
  switch (type) {
    case 'text':
    case 'number':
    case 'url':
    case 'date':
      return <TextInput {...props} />
    case 'select':
      return <ChoiceInput {...props} />
    case 'textarea':
      return <LinesInput {...props} />
    case 'timezone':
      return <TimezoneInput {...props} />
    case 'multi-select':
      return allowsOther ? <TagsInput {...props} /> : <CheckboxInput {...props} />
    case 'boolean':
      return <SwitchInput {...props} />
    case 'e-mail-list':
      return <EmailRows {...props} />
  }
}

const LATER_BY_TYPE: Partial<Record<ManifestField['type'], (field: ManifestField) => keyof typeof LATER>> = {
  textarea: () => 'lines',
  timezone: () => 'timezone',
  'multi-select': ({ allowsOther }) => (allowsOther ? 'tags' : 'checkboxes'),
  boolean: () => 'switch',
  'e-mail-list': () => 'emails',
}

/** Fetches what a step's controls are made of, so that it is there when the step is opened. */
export function preload({ kind, fields }: ManifestStep): void {
  const names = fields.flatMap((field) => LATER_BY_TYPE[field.type]?.(field) ?? [])
  for (const name of new Set(kind === 'create-or-join' ? ['workspace' as const] : names)) {
    // Without a connection there is another attempt when the step is opened.
    void LATER[name]().catch(() => undefined)
  }
}
