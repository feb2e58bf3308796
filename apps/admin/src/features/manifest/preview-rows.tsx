'use client'

import { type ManifestField, textIn } from '@gangway/schemas/manifest'
import type { DraftValue, LanguageCode } from '@gangway/schemas/questionnaire'
import { ActionIcon, Button, Group, Input, NativeSelect, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { replaced } from './edit-steps.ts'

type Row = Record<string, string>

interface PreviewRowsProps {
  field: ManifestField
  language: LanguageCode
  value: DraftValue | undefined
  error: string | undefined
  onChange: (rows: Row[]) => void
}

/** Addresses, each with a role where there are roles to give, as the wizard has them. */
export function PreviewRows({ field, language, value, error, onChange }: PreviewRowsProps) {
  const roles = (field.options ?? []).map((option) => ({
    value: option.value,
    label: textIn(option.label, language) || option.value,
  }))
  const blank: Row = roles[0] ? { email: '', role: roles[0].value } : { email: '' }
  const given = Array.isArray(value) ? value.filter((row) => typeof row === 'object') : []
  const rows = given.length > 0 ? given : [blank]
  return (
    <Input.Wrapper
      labelElement="div"
      role="group"
      aria-label={textIn(field.label, language) || field.name}
      description={textIn(field.help, language) || undefined}
    >
      <Stack gap="md" mt={field.help ? 'xs' : 0}>
        {rows.map((row, index) => (
          <Group key={index} align="flex-end" gap="xs">
            <TextInput
              label={`E-mail of colleague ${index + 1}`}
              type="email"
              style={{ flex: '1 1 12rem' }}
              value={row['email'] ?? ''}
              onChange={(event) => onChange(replaced(rows, index, { ...row, email: event.currentTarget.value }))}
            />
            {roles.length > 0 ? (
              <NativeSelect
                label={`Role of colleague ${index + 1}`}
                data={roles}
                value={row['role'] ?? ''}
                onChange={(event) => onChange(replaced(rows, index, { ...row, role: event.currentTarget.value }))}
              />
            ) : null}
            <ActionIcon
              variant="subtle"
              color="gray"
              size="input-sm"
              aria-label={`Remove colleague ${index + 1}`}
              onClick={() => onChange(rows.toSpliced(index, 1))}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Group>
        ))}
        {error ? <Input.Error>{error}</Input.Error> : null}
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={rows.length >= (field.validation?.max ?? 20)}
            onClick={() => onChange([...rows, blank])}
          >
            Add a colleague
          </Button>
        </Group>
      </Stack>
    </Input.Wrapper>
  )
}
