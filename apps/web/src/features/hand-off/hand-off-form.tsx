'use client'

import type { HandOffView } from '@gangway/schemas/hand-offs'
import { languageFor, textIn } from '@gangway/schemas/manifest'
import { Button, Stack, Text } from '@mantine/core'
import { fieldId } from '../questionnaire/field-id.ts'
import { Question } from '../questionnaire/inputs/question.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useWords } from '../words/words.ts'
import { Differences } from './differences.tsx'
import { HandOffFrame } from './hand-off-frame.tsx'
import { MissingAnswers } from './missing-answers.tsx'
import { useHandOffForm } from './use-hand-off-form.ts'

export type Claimed = Extract<HandOffView, { state: 'claimed' }>

interface HandOffFormProps {
  code: string
  view: Claimed
  onView: (view: HandOffView) => void
}

/** One step of somebody else's questions, with the controls that they have themselves. */
export function HandOffForm({ code, view, onView }: HandOffFormProps) {
  const { step, owner } = view
  const language = languageFor(view.languages, navigator.languages)
  const words = useWords()
  const { form, asked, issues, differences, problem, isSending, submit, useTheirs } = useHandOffForm({
    ...{ code, view, language, onView },
  })
  return (
    <HandOffFrame
      heading={textIn(step.question, language)}
      above={words.asksFor(owner, textIn(step.title, language))}
      lead={textIn(step.lead, language)}
    >
      <form noValidate onSubmit={submit}>
        <MissingAnswers issues={issues} idOf={(field) => fieldId(step.id, field)} />
        <Differences owner={owner} step={step} language={language} differences={differences} onUse={useTheirs} />
        {problem && <ProblemAlert problem={problem} />}
        <Stack gap="lg" mt={issues.length + differences.length > 0 || problem ? 'lg' : undefined}>
          {asked.fields.map((field) => (
            <Question key={field.name} step={step.id} field={field} language={language} control={form.control} />
          ))}
        </Stack>
        <Text size="sm" c="dimmed" mt="xl">
          {words.keptHere}
        </Text>
        <Button type="submit" loading={isSending} mt="sm">
          {words.send}
        </Button>
      </form>
    </HandOffFrame>
  )
}
