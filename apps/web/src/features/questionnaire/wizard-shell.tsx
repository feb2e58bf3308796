'use client'

import type { StepIssue } from '@gangway/schemas/questionnaire'
import { Anchor, Button } from '@mantine/core'
import Link from 'next/link'
import { useRouter, useSelectedLayoutSegment } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { paths } from '../../paths.ts'
import { problemOf } from '../../trpc/problem.ts'
import { useOutbox } from '../offline/outbox.ts'
import { withNextStep } from '../offline/projected-session.ts'
import { useKeptForOffline } from '../offline/use-kept-for-offline.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SignedInPage } from '../shell/signed-in-page.tsx'
import { useWizardTelemetry } from '../telemetry/use-wizard-telemetry.ts'
import { useLanguage, useWords } from '../words/words.ts'
import { guard } from './guard.ts'
import { Stepper } from './stepper.tsx'
import { useReturnToField } from './use-return-to-field.ts'
import { useExposure } from './use-exposure.ts'
import { useOnceTrue } from './use-once-true.ts'
import { useResetNotice } from './use-reset-notice.ts'
import { useSaveEngine } from './use-save-engine.ts'
import { useQuestions } from './use-questions.ts'
import { useWizardSession } from './use-wizard-session.ts'
import { SaveStatusContext, WizardContext } from './wizard-context.ts'

/** Stays while the steps change under it, so that a save outlives the step that it came from. */
export function WizardShell({ children }: { children: ReactNode }) {
  const router = useRouter()
  const step = useSelectedLayoutSegment() ?? ''
  const { engine, status } = useSaveEngine()
  const { session: known, error, refetch } = useWizardSession(engine, status)
  const { questions, isKnown: isAnswered } = useQuestions(known)
  const isSpoken = useLanguage(questions.language)
  // Who chooses another language reads on in the last one until the words are there: nothing is taken away meanwhile.
  const wasSpoken = useOnceTrue(isAnswered && isSpoken)
  const isKnown = isAnswered && wasSpoken
  const words = useWords()
  const saves = useOutbox((state) => state.saves)
  const session = known && withNextStep(known, saves, questions.steps)
  const [issues, setIssues] = useState<StepIssue[]>([])
  const [isLeaving, setLeaving] = useState(false)

  const isReady = session !== undefined && isKnown
  const target = isReady && !isLeaving ? guard(session, step, questions.steps) : step
  useEffect(() => {
    if (target !== step) router.replace(target === null ? paths.home() : paths.step(target))
  }, [target, step, router])

  const shown = isReady && target === step ? session : undefined
  useExposure(step, shown)
  useReturnToField(step, shown !== undefined)
  useKeptForOffline(questions.steps, isReady)
  useResetNotice(isReady ? session.resetAt : undefined)
  useWizardTelemetry({ step, session: shown, of: questions.steps.length, saving: status.kind })

  return (
    <WizardContext
      value={{
        engine,
        session: shown,
        questions,
        isKnown,
        issues,
        setIssues,
        goTo: (next) => router.push(paths.step(next)),
        setLeaving,
      }}
    >
      <SaveStatusContext value={status}>
        <SignedInPage
          width="narrow"
          worksOffline
          aside={
            <Anchor component={Link} href={paths.home()} size="sm" mr="xs" c="inherit" lang={words.lang}>
              {words.finishLater}
            </Anchor>
          }
        >
          <Stepper current={step} session={isReady ? session : undefined} questions={questions} isKnown={isKnown} />
          {error ? (
            <ProblemAlert title={words.notLoaded} problem={problemOf(error)}>
              <Button size="xs" variant="default" onClick={refetch}>
                {words.tryAgain}
              </Button>
            </ProblemAlert>
          ) : (
            children
          )}
        </SignedInPage>
      </SaveStatusContext>
    </WizardContext>
  )
}
