'use client'

import type { FieldType, ManifestField } from '@gangway/schemas/manifest'
import { Checkbox, Group, TextInput } from '@mantine/core'
import { useDraftContext } from './draft-context.ts'
import { without } from './edit-steps.ts'
import { problemAt } from './problems.ts'

type Validation = NonNullable<ManifestField['validation']>

const BOUNDS: Partial<Record<FieldType, [least: string, most: string]>> = {
  text: ['At least characters', 'At most characters'],
  textarea: ['At least characters', 'At most characters'],
  'multi-select': ['At least chosen', 'At most chosen'],
  'e-mail-list': ['At least addresses', 'At most addresses'],
  number: ['At least', 'At most'],
}

interface ValidationEditorProps {
  path: string
  type: FieldType
  value: Validation | undefined
  onChange: (value: Validation | undefined) => void
}

/** What an answer has to keep to, as far as its type has something to keep to. */
export function ValidationEditor({ path, type, value = {}, onChange }: ValidationEditorProps) {
  const { problems } = useDraftContext()
  const change = (part: Validation) => {
    const next: Validation = without({ ...value, ...part }, ['min', 'max', 'whole', 'earliest', 'latest'])
    onChange(Object.keys(next).length > 0 ? next : undefined)
  }
  const bounds = BOUNDS[type]
  if (type === 'date') {
    return (
      <Group grow align="flex-start">
        <TextInput
          label="Not before"
          type="date"
          value={value.earliest ?? ''}
          onChange={(event) => change({ earliest: event.currentTarget.value || undefined })}
        />
        <TextInput
          label="Not after"
          type="date"
          value={value.latest ?? ''}
          onChange={(event) => change({ latest: event.currentTarget.value || undefined })}
          error={problemAt(problems, `${path}.latest`)}
        />
      </Group>
    )
  }
  if (!bounds) return null
  return (
    <Group grow align="flex-start">
      {bounds.map((label, index) => {
        const key = index === 0 ? 'min' : 'max'
        return (
          <TextInput
            key={key}
            label={label}
            type="number"
            value={value[key] ?? ''}
            onChange={(event) =>
              change({ [key]: event.currentTarget.value === '' ? undefined : Number(event.currentTarget.value) })
            }
            error={problemAt(problems, `${path}.${key}`)}
          />
        )
      })}
      {type === 'number' ? (
        <Checkbox
          mt={30}
          label="Whole numbers only"
          checked={value.whole === true}
          onChange={(event) => change({ whole: event.currentTarget.checked || undefined })}
        />
      ) : null}
    </Group>
  )
}
