'use client'

import { FIELD_TYPES, fieldTypeSchema, type ManifestField } from '@gangway/schemas/manifest'
import { Checkbox, Group, NativeSelect, Stack, TextInput } from '@mantine/core'
import { ConditionEditor } from './condition-editor.tsx'
import type { EarlierQuestion } from './condition-rules.ts'
import { useDraftContext } from './draft-context.ts'
import { without } from './edit-steps.ts'
import { LocalizedInput } from './localized-input.tsx'
import { OptionsEditor } from './options-editor.tsx'
import { problemAt } from './problems.ts'
import { ValidationEditor } from './validation-editor.tsx'

interface FieldEditorProps {
  path: string
  field: ManifestField
  earlier: readonly EarlierQuestion[]
  onChange: (field: ManifestField) => void
}

const CHOSEN: readonly ManifestField['type'][] = ['select', 'multi-select', 'e-mail-list']

/** Everything about one question. */
export function FieldEditor({ path, field, earlier, onChange }: FieldEditorProps) {
  const { problems } = useDraftContext()
  const change = (part: Partial<ManifestField>) =>
    onChange(
      without({ ...field, ...part }, [
        'help',
        'options',
        'allowsOther',
        'validation',
        'messages',
        'autocomplete',
        'showIf',
        'flag',
      ]),
    )

  function changeType(value: string) {
    const type = fieldTypeSchema.parse(value)
    const { options, validation: _validation, allowsOther: _allowsOther, ...kept } = field
    onChange({ ...kept, type, ...(CHOSEN.includes(type) && options && { options }) })
  }

  return (
    <Stack gap="md">
      <Group grow align="flex-start">
        <LocalizedInput label="Label" path={`${path}.label`} value={field.label} onChange={(label) => change({ label })} />
        <TextInput
          label="Name"
          description="In answers and exports. Renamed, it is another question."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={field.name}
          onChange={(event) => change({ name: event.currentTarget.value })}
          error={problemAt(problems, `${path}.name`)}
        />
      </Group>
      <LocalizedInput label="Help" path={`${path}.help`} value={field.help} onChange={(help) => change({ help: filled(help) })} />
      <Group grow align="flex-start">
        <NativeSelect
          label="Type"
          data={[...FIELD_TYPES]}
          value={field.type}
          onChange={(event) => changeType(event.currentTarget.value)}
          error={problemAt(problems, `${path}.type`)}
        />
        <TextInput
          label="Flag"
          description="Asked of those for whom it is on."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={field.flag ?? ''}
          onChange={(event) => change({ flag: event.currentTarget.value })}
        />
      </Group>
      <Group>
        <Checkbox
          label="Has to be answered"
          checked={field.required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
        {field.type === 'multi-select' ? (
          <Checkbox
            label="People may add their own"
            checked={field.allowsOther === true}
            onChange={(event) => change({ allowsOther: event.currentTarget.checked || undefined })}
          />
        ) : null}
      </Group>
      {CHOSEN.includes(field.type) ? (
        <OptionsEditor path={`${path}.options`} options={field.options ?? []} onChange={(options) => change({ options })} />
      ) : null}
      <ValidationEditor
        path={`${path}.validation`}
        type={field.type}
        value={field.validation}
        onChange={(validation) => change({ validation })}
      />
      <ConditionEditor path={`${path}.showIf`} value={field.showIf} earlier={earlier} onChange={(showIf) => change({ showIf })} />
    </Stack>
  )
}

/** A text that is empty in every language is none. */
function filled(text: NonNullable<ManifestField['help']>): ManifestField['help'] {
  return Object.values(text).some((part) => part) ? text : undefined
}
