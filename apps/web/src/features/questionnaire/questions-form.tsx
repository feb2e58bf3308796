'use client'

import type { ManifestStep } from '@gangway/schemas/manifest'
import { useEffect } from 'react'
import { stepAfter } from './guard.ts'
import { preload, Question } from './inputs/question.tsx'
import { whenIdle } from './inputs/when-idle.ts'
import { StepForm } from './step-form.tsx'
import { useStepForm } from './use-step-form.ts'
import { useThemeChoice } from './use-theme-choice.ts'
import { useWizard } from './wizard-context.ts'

/** The form of a step that asks questions. */
export function QuestionsForm({ step }: { step: ManifestStep }) {
  const { language, steps } = useWizard().questions
  const { form, controls } = useStepForm(step)
  useThemeChoice(step.id, form)
  // Whoever has answered is about to go on.
  useEffect(() => {
    const next = steps.find(({ id }) => id === stepAfter(step.id, steps))
    if (controls.isValid && next) return whenIdle(() => preload(next))
  }, [controls.isValid, step.id, steps])
  return (
    <StepForm controls={controls}>
      {step.fields.map((field) => (
        <Question key={field.name} step={step.id} field={field} language={language} control={form.control} />
      ))}
    </StepForm>
  )
}
