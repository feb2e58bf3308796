'use client'

import type { StepId } from '@gangway/schemas/questionnaire'
import { Suspense, useEffect } from 'react'
import { AskColleague } from '../hand-off/ask-colleague.tsx'
import { useWords } from '../words/words.ts'
import { LATER_WORKSPACE_FORM, preload } from './inputs/question.tsx'
import { QuestionsForm } from './questions-form.tsx'
import { StepFrame, StepSkeleton } from './step-frame.tsx'
import { stepTitle } from './step-metadata.ts'
import { useWizard } from './wizard-context.ts'

/** Any step, by what the server says of it. */
export function StepPage({ id }: { id: StepId }) {
  const { questions, isKnown, session } = useWizard()
  const words = useWords()
  const step = questions.steps.find((asked) => asked.id === id)
  useEffect(() => {
    const asked = questions.allSteps.find((one) => one.id === id)
    if (isKnown && asked) preload(asked)
  }, [id, questions, isKnown])
  useEffect(() => {
    if (!isKnown || !questions.steps.some((asked) => asked.id === id)) return
    document.title = stepTitle(id, questions, words)
  }, [id, questions, isKnown, words])
  return (
    <StepFrame step={step} isKnown={isKnown}>
      {/* The step is shown as a whole, once all of its controls are there: nothing moves. */}
      <Suspense fallback={<StepSkeleton fields={step?.fields.length || 3} />}>
        {step?.kind === 'create-or-join' && <LATER_WORKSPACE_FORM.Control step={step} />}
        {step?.kind === 'questions' && (
          <>
            <QuestionsForm step={step} />
            <AskColleague step={id} isDone={session?.completedSteps.includes(id) ?? false} />
          </>
        )}
      </Suspense>
    </StepFrame>
  )
}
