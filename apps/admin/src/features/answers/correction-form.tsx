'use client'

import { correctAnswersInputSchema, type Correctable } from '@gangway/schemas/answer-corrections'
import type { Snapshot } from '@gangway/schemas/answers'
import { textIn } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { Alert, Skeleton, Stack, Text, Textarea, Title } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { ConfirmForm } from '../records/confirm-form.tsx'
import classes from './answers-by-step.module.css'
import { CorrectionField } from './correction-field.tsx'
import { correctionPatch } from './correction-patch.ts'
import { issuesOf, useCorrectable, useCorrection } from './use-correction.ts'

interface CorrectionFormProps {
  snapshot: Pick<Snapshot, 'sessionId' | 'userId'>
  /** `saved` says whether something was corrected. */
  onClose: (saved: boolean) => void
}

/** Corrects what somebody answered, in the place of the answers. */
export function CorrectionForm({ snapshot: { sessionId, userId }, onClose }: CorrectionFormProps) {
  const correctable = useCorrectable(sessionId)
  if (correctable.isLoadingError) return <ProblemNotice error={correctable.error} retry={() => void correctable.refetch()} />
  if (!correctable.data) return <Skeleton h={320} aria-label="Loading" />
  return <Fields correctable={correctable.data} userId={userId} onClose={onClose} />
}

interface FieldsProps extends Pick<CorrectionFormProps, 'onClose'> {
  correctable: Correctable
  userId: string
}

function Fields({ correctable: { sessionId, steps, answers: before }, userId, onClose }: FieldsProps) {
  const correction = useCorrection(userId)
  const [answers, setAnswers] = useState(before)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<'reason' | 'nothing'>()
  const heading = useRef<HTMLHeadingElement>(null)
  const form = useRef<HTMLDivElement>(null)
  const issues = issuesOf(correction.error)
  // The workspace has been made by now: what was answered about it is no longer a wish.
  const asked = applicable(steps, { answers, skippedSteps: [] }).steps.filter(({ kind }) => kind === 'questions')

  useEffect(() => heading.current?.focus(), [])
  useEffect(() => {
    if (correction.error || problem) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [correction.error, problem])

  const save = () => {
    const patch = correctionPatch(before, answers)
    const input = correctAnswersInputSchema.safeParse({ sessionId, patch, reason })
    const wrong = Object.keys(patch).length === 0 ? 'nothing' : input.success ? undefined : 'reason'
    setProblem(wrong)
    if (input.data && !wrong) correction.mutate(input.data, { onSuccess: () => onClose(true) })
  }

  return (
    <ConfirmForm
      confirmLabel="Save the correction"
      dismissLabel="Cancel"
      onDismiss={() => onClose(false)}
      onConfirm={save}
      action={correction}
    >
      <Stack gap="xl" ref={form}>
        <div>
          <Title order={3} size="h5" tabIndex={-1} ref={heading} className={classes.heading}>
            Correct these answers
          </Title>
          <Text size="sm" c="dimmed">
            Totals, lists and later exports follow. The person is not told, nobody is invited, and their organization stays as it
            is.
          </Text>
        </div>
        {asked.map((step) => (
          <Stack key={step.id} component="fieldset" gap="sm" className={classes.step}>
            <Title order={4} size="h6" component="legend">
              {textIn(step.title, 'en')}
            </Title>
            {step.fields.map((field) => (
              <CorrectionField
                key={field.name}
                field={field}
                value={answers[step.id]?.[field.name]}
                error={issues.find((issue) => issue.step === step.id && issue.field.split('.')[0] === field.name)?.message}
                onChange={(value) => setAnswers({ ...answers, [step.id]: { ...answers[step.id], [field.name]: value } })}
              />
            ))}
          </Stack>
        ))}
        <Textarea
          label="Reason"
          description="Stands with the completion and in the audit log, for all staff."
          required
          autosize
          minRows={2}
          maxLength={500}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          error={problem === 'reason' ? 'Say why.' : undefined}
        />
        {problem === 'nothing' ? (
          <Alert role="alert" color="gray" variant="light">
            Nothing is different yet.
          </Alert>
        ) : null}
      </Stack>
    </ConfirmForm>
  )
}
