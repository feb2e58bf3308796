'use client'

import type { StepId } from '@gangway/schemas/questionnaire'
import dynamic from 'next/dynamic'
import { useEffect } from 'react'
import { AskColleague } from '../hand-off/ask-colleague.tsx'
import { QuestionsForm } from './questions-form.tsx'
import { StepFrame, StepSkeleton } from './step-frame.tsx'
import { stepTitle } from './step-metadata.ts'
import { useWizard } from './wizard-context.ts'

const WorkspaceForm = dynamic(() => import('./workspace-form.tsx').then(({ WorkspaceForm }) => WorkspaceForm), {
  ssr: false,
  loading: () => <StepSkeleton fields={3} />,
})

/** Any step, by what the server says of it. */
export function StepPage({ id }: { id: StepId }) {
  const { questions, isKnown, session } = useWizard()
  const step = questions.steps.find((asked) => asked.id === id)
  useEffect(() => {
    if (!isKnown || !questions.steps.some((asked) => asked.id === id)) return
    document.title = stepTitle(id, questions)
  }, [id, questions, isKnown])
  return (
    <StepFrame step={step} isKnown={isKnown}>
      {step && (step.kind === 'create-or-join' ? <WorkspaceForm step={step} /> : <QuestionsForm step={step} />)}
      {step?.kind === 'questions' && <AskColleague step={id} isDone={session?.completedSteps.includes(id) ?? false} />}
    </StepFrame>
  )
}
