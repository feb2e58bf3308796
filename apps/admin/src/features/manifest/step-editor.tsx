'use client'

import type { ManifestStep } from '@gangway/schemas/manifest'
import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core'
import { ConditionEditor } from './condition-editor.tsx'
import { earlierQuestions } from './condition-rules.ts'
import { useDraftContext } from './draft-context.ts'
import { replaced, without } from './edit-steps.ts'
import { FieldList } from './field-list.tsx'
import { LocalizedInput } from './localized-input.tsx'
import { problemAt } from './problems.ts'

interface StepEditorProps {
  steps: readonly ManifestStep[]
  index: number
  /** Where these steps are in the manifest. */
  path: string
  onChange: (steps: ManifestStep[]) => void
}

/** Everything about one step. */
export function StepEditor({ steps, index, path, onChange }: StepEditorProps) {
  const { problems } = useDraftContext()
  const step = steps[index]
  if (!step) return null
  const at = `${path}.${index}`
  const change = (part: Partial<ManifestStep>) =>
    onChange(replaced(steps, index, without({ ...step, ...part }, ['lead', 'showIf', 'flag'])))
  return (
    <Stack gap="md">
      <Group grow align="flex-start">
        <LocalizedInput label="Title" path={`${at}.title`} value={step.title} onChange={(title) => change({ title })} />
        <TextInput
          label="Address"
          description={`/o/${step.id}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={step.id}
          disabled={step.kind === 'create-or-join'}
          onChange={(event) => change({ id: event.currentTarget.value })}
          error={problemAt(problems, `${at}.id`)}
        />
      </Group>
      <LocalizedInput
        label="Question"
        path={`${at}.question`}
        value={step.question}
        onChange={(question) => change({ question })}
      />
      <LocalizedInput label="Lead" path={`${at}.lead`} value={step.lead} onChange={(lead) => change({ lead })} />
      <Group align="flex-end">
        <TextInput
          label="Flag"
          value={step.flag ?? ''}
          onChange={(event) => change({ flag: event.currentTarget.value || undefined })}
        />
        <Checkbox
          mb={8}
          label="Cannot be skipped"
          checked={step.required}
          onChange={(event) => change({ required: event.currentTarget.checked })}
        />
      </Group>
      <ConditionEditor
        path={`${at}.showIf`}
        value={step.showIf}
        earlier={earlierQuestions(steps, index)}
        onChange={(showIf) => change({ showIf })}
      />
      {step.kind === 'create-or-join' ? (
        <Text size="sm" c="dimmed">
          This step makes a workspace or joins one. Its questions are its own.
        </Text>
      ) : (
        <>
          {problemAt(problems, `${at}.fields`) ? (
            <Text size="sm" c="var(--mantine-color-error)">
              {problemAt(problems, `${at}.fields`)}
            </Text>
          ) : null}
          <FieldList key={index} steps={steps} index={index} path={`${at}.fields`} onChange={(fields) => change({ fields })} />
        </>
      )}
    </Stack>
  )
}
