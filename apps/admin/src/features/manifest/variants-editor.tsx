'use client'

import { CONTROL, type ManifestContent, type ManifestVariant } from '@gangway/schemas/manifest'
import { Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useDraftContext } from './draft-context.ts'
import { freeName, replaced } from './edit-steps.ts'
import { problemAt } from './problems.ts'

interface VariantsEditorProps {
  content: ManifestContent
  onChange: (content: ManifestContent) => void
}

/** Which steps are tried on which share of people. A new variant begins with a copy of the manifest's own steps. */
export function VariantsEditor({ content, onChange }: VariantsEditorProps) {
  const { problems } = useDraftContext()
  const { variants } = content
  const total = variants.reduce((sum, { weight }) => sum + weight, 0)
  const set = (next: ManifestVariant[]) => onChange({ ...content, variants: next })

  function add() {
    const known = variants.length > 0 ? variants : [{ id: CONTROL, weight: 1 }]
    const id = freeName(
      'variant',
      known.map((variant) => variant.id),
    )
    set([...known, { id, weight: 1, steps: structuredClone(content.steps) }])
  }

  return (
    <Stack gap="sm">
      <Title order={2} size="h5">
        Variants
      </Title>
      <Text size="sm" c="dimmed">
        {variants.length === 0
          ? 'Everybody is asked the same.'
          : 'People are assigned for good when they begin. Under the same name, a new version keeps everybody where they are.'}
      </Text>
      {problemAt(problems, 'variants') ? (
        <Text size="sm" c="var(--mantine-color-error)">
          {problemAt(problems, 'variants')}
        </Text>
      ) : null}
      {variants.map((variant, index) => (
        <Group key={index} align="flex-end" gap="xs">
          <TextInput
            label={`Name of variant ${index + 1}`}
            value={variant.id}
            disabled={variant.id === CONTROL}
            onChange={(event) => set(replaced(variants, index, { ...variant, id: event.currentTarget.value }))}
            error={problemAt(problems, `variants.${index}.id`)}
          />
          <NumberInput
            label="Weight"
            w="7rem"
            min={0}
            max={1000}
            value={variant.weight}
            onChange={(weight) => set(replaced(variants, index, { ...variant, weight: Number(weight) || 0 }))}
          />
          <Text size="sm" c="dimmed" pb={8} miw="3rem">
            {total > 0 ? `${Math.round((variant.weight / total) * 100)}%` : ''}
          </Text>
          <Button
            variant="default"
            disabled={variant.id === CONTROL && variants.length > 1}
            onClick={() => set(variants.toSpliced(index, 1))}
            aria-label={`Remove variant ${variant.id}`}
          >
            Remove
          </Button>
        </Group>
      ))}
      <Group>
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={add}>
          Add a variant
        </Button>
      </Group>
    </Stack>
  )
}
