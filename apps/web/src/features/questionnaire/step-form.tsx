'use client'

import { Button, Group, Stack } from '@mantine/core'
import Link from 'next/link'
import { type ReactNode, use } from 'react'
import { paths } from '../../paths.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { useWords } from '../words/words.ts'
import { ErrorSummary } from './error-summary.tsx'
import { stepAfter, stepBefore } from './guard.ts'
import { SaveStatusLine } from './save-status-line.tsx'
import type { StepControls } from './use-step-form.ts'
import { SaveStatusContext, useWizard } from './wizard-context.ts'

interface StepFormProps {
  controls: StepControls
  /** Something that only the page knows keeps the step from being finished, such as a slug that is taken. */
  isBlocked?: boolean
  children: ReactNode
}

export function StepForm({ controls, isBlocked = false, children }: StepFormProps) {
  const words = useWords()
  const { step, isValid, isAdvancing, issues, problem, onSubmit, onSkip } = controls
  const isSaving = use(SaveStatusContext).kind === 'saving'
  const { steps } = useWizard().questions
  const before = stepBefore(step.id, steps)
  const isOff = !isValid || isBlocked
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isBlocked && !isAdvancing) void onSubmit(event)
      }}
    >
      <ErrorSummary step={step.id} issues={issues} />
      {problem && (
        <div style={{ marginBottom: 'var(--mantine-spacing-lg)' }}>
          <ProblemAlert problem={problem} />
        </div>
      )}
      <Stack gap="lg">{children}</Stack>
      <SaveStatusLine />
      <Group justify="space-between" mt="sm" wrap="wrap-reverse">
        {before ? (
          <Button component={Link} href={paths.step(before)} variant="default">
            {words.back}
          </Button>
        ) : (
          <span />
        )}
        <Group>
          {!step.required && (
            <Button variant="subtle" onClick={() => void onSkip()} disabled={isAdvancing}>
              {words.skip}
            </Button>
          )}
          {/* Pressing it while it is off says what is missing; a button that is disabled cannot say anything. */}
          <Button
            type="submit"
            loading={isAdvancing}
            aria-disabled={isOff || isSaving || undefined}
            data-disabled={isOff || undefined}
          >
            {stepAfter(step.id, steps) ? words.next : words.finish}
          </Button>
        </Group>
      </Group>
    </form>
  )
}
