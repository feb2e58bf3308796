'use client'

import { CONTROL, type ManifestContent, textIn } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { stepIssues } from '@gangway/schemas/manifest-schema'
import { type DraftAnswers, LANGUAGES, type LanguageCode } from '@gangway/schemas/questionnaire'
import { Button, Group, NativeSelect, Paper, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { stepsFor } from './edit-steps.ts'
import { PreviewField } from './preview-field.tsx'
import { PreviewWorkspace } from './preview-workspace.tsx'

/** What a customer sees: the same controls, conditions, texts and messages. Nothing of it is kept. */
export function Preview({ content }: { content: ManifestContent }) {
  const [language, setLanguage] = useState<LanguageCode>('en')
  const [variant, setVariant] = useState<string>(CONTROL)
  const [width, setWidth] = useState('wide')
  return (
    <Stack>
      <Group align="flex-end">
        <NativeSelect
          label="Language"
          data={LANGUAGES.filter(({ value }) => content.languages.includes(value))}
          value={language}
          onChange={(event) => setLanguage(LANGUAGES.find(({ value }) => value === event.currentTarget.value)?.value ?? 'en')}
        />
        {content.variants.length > 0 ? (
          <NativeSelect
            label="Variant"
            data={content.variants.map(({ id }) => id)}
            value={variant}
            onChange={(event) => setVariant(event.currentTarget.value)}
          />
        ) : null}
        <SegmentedControl
          aria-label="Width"
          data={[
            { value: 'wide', label: 'Wide' },
            { value: 'phone', label: 'Phone' },
          ]}
          value={width}
          onChange={setWidth}
        />
      </Group>
      <Paper withBorder p="xl" maw={width === 'phone' ? 360 : 720} lang={language}>
        <Walk key={variant} steps={stepsFor(content, variant)} language={language} />
      </Paper>
    </Stack>
  )
}

/** What the wizard fills in by itself. */
function filledIn(steps: ManifestContent['steps']): DraftAnswers {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions()
  const zones = (step: ManifestContent['steps'][number]) => step.fields.filter(({ type }) => type === 'timezone')
  return Object.fromEntries(steps.map((step) => [step.id, Object.fromEntries(zones(step).map(({ name }) => [name, timeZone]))]))
}

/** Rows that are still blank at the end are nobody's address yet: the wizard does not keep them. */
function withoutBlankRows(answers: DraftAnswers): DraftAnswers {
  const isFilled = (row: string | Record<string, string>) => typeof row === 'string' || row['email']?.trim() !== ''
  return Object.fromEntries(
    Object.entries(answers).map(([step, fields]) => [
      step,
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          Array.isArray(value) ? value.slice(0, value.findLastIndex(isFilled) + 1) : value,
        ]),
      ),
    ]),
  )
}

function Walk({ steps, language }: { steps: ManifestContent['steps']; language: LanguageCode }) {
  const [answers, setAnswers] = useState(() => filledIn(steps))
  const [place, setPlace] = useState(0)
  const [isMarked, setMarked] = useState(false)
  const asked = applicable(steps, { answers: withoutBlankRows(answers), skippedSteps: [] })
  const index = Math.min(place, asked.steps.length - 1)
  const step = asked.steps[index]
  if (!step) return <Text size="sm">Nobody is asked anything.</Text>
  const given = answers[step.id] ?? {}
  const issues = step.kind === 'questions' ? stepIssues(step, asked.answers[step.id] ?? {}, language) : []

  function go(to: number) {
    setMarked(false)
    setPlace(to)
  }

  return (
    <Stack gap="lg">
      <div>
        <Text size="sm" c="dimmed" fw={500}>
          Step {index + 1} of {asked.steps.length}: {textIn(step.title, language)}
        </Text>
        <Title order={3} size="h3">
          {textIn(step.question, language)}
        </Title>
        <Text c="dimmed">{textIn(step.lead, language)}</Text>
      </div>
      {step.kind === 'create-or-join' ? <PreviewWorkspace /> : null}
      {step.fields.map((field) => (
        <PreviewField
          key={field.name}
          field={field}
          language={language}
          value={given[field.name]}
          error={isMarked ? issues.find((issue) => issue.field.split('.')[0] === field.name)?.message : undefined}
          onChange={(value) => setAnswers({ ...answers, [step.id]: { ...given, [field.name]: value } })}
        />
      ))}
      <Group justify="space-between">
        <Button variant="default" disabled={index === 0} onClick={() => go(index - 1)}>
          Back
        </Button>
        <Group>
          {step.required ? null : (
            <Button variant="subtle" onClick={() => go(index + 1)}>
              Skip this step
            </Button>
          )}
          <Button onClick={() => (issues.length > 0 ? setMarked(true) : go(index + 1))}>
            {index === asked.steps.length - 1 ? 'Finish' : 'Next'}
          </Button>
        </Group>
      </Group>
    </Stack>
  )
}
