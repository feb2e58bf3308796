'use client'

import type { ManifestStep } from '@gangway/schemas/manifest'
import { Question } from './inputs/question.tsx'
import { StepForm } from './step-form.tsx'
import { useStepForm } from './use-step-form.ts'
import { useThemeChoice } from './use-theme-choice.ts'
import { useWizard } from './wizard-context.ts'

/** The form of a step that asks questions. */
export function QuestionsForm({ step }: { step: ManifestStep }) {
  const { language } = useWizard().questions
  const { form, controls } = useStepForm(step)
  useThemeChoice(step.id, form)
  return (
    <StepForm controls={controls}>
      {step.fields.map((field) => (
        <Question key={field.name} step={step.id} field={field} language={language} control={form.control} />
      ))}
    </StepForm>
  )
}
