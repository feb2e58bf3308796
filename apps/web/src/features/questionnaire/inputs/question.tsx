'use client'

import type { ManifestField, ManifestStep } from '@gangway/schemas/manifest'
import { ChoiceInput } from './choice-input.tsx'
import { later } from './later.tsx'
import type { QuestionProps } from './question-props.ts'
import { TextInput } from './text-input.tsx'

/* What nearly every step has is there from the start; the rest comes with the first step that has it. */
const LATER = {
  lines: later<QuestionProps>(() => import('./lines-input.tsx').then(({ LinesInput }) => LinesInput)),
  timezone: later<QuestionProps>(() => import('./timezone-input.tsx').then(({ TimezoneInput }) => TimezoneInput)),
  checkboxes: later<QuestionProps>(() => import('./checkbox-input.tsx').then(({ CheckboxInput }) => CheckboxInput)),
  tags: later<QuestionProps>(() => import('./tags-input.tsx').then(({ TagsInput }) => TagsInput)),
  switch: later<QuestionProps>(() => import('./switch-input.tsx').then(({ SwitchInput }) => SwitchInput)),
  emails: later<QuestionProps>(() => import('./e-mail-rows.tsx').then(({ EmailRows }) => EmailRows)),
}

/** The form of the step that makes or joins a workspace. */
export const LATER_WORKSPACE_FORM = later<{ step: ManifestStep }>(() =>
  import('../workspace-form.tsx').then(({ WorkspaceForm }) => WorkspaceForm),
)

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
      return <LATER.lines.Control {...props} />
    case 'timezone':
      return <LATER.timezone.Control {...props} />
    case 'multi-select':
      return allowsOther ? <LATER.tags.Control {...props} /> : <LATER.checkboxes.Control {...props} />
    case 'boolean':
      return <LATER.switch.Control {...props} />
    case 'e-mail-list':
      return <LATER.emails.Control {...props} />
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
  if (kind === 'create-or-join') LATER_WORKSPACE_FORM.preload()
  for (const name of new Set(fields.flatMap((field) => LATER_BY_TYPE[field.type]?.(field) ?? []))) LATER[name].preload()
}
