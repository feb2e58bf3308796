import { zodResolver } from '@hookform/resolvers/zod'
import type { Problem } from '@gangway/schemas/errors'
import type { ManifestStep } from '@gangway/schemas/manifest'
import { fieldNames } from '@gangway/schemas/manifest-applicable'
import { given, stepIssues, stepSchema } from '@gangway/schemas/manifest-schema'
import { sameAnswer } from '@gangway/schemas/merge'
import type { StepId, StepIssue, StepPatch } from '@gangway/schemas/questionnaire'
import { type BaseSyntheticEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { useForm, type UseFormReturn, useWatch } from 'react-hook-form'
import * as z from 'zod/mini'
import { trackInvalid } from '../telemetry/use-wizard-telemetry.ts'
import { answers } from './answers.ts'
import { shownValues, storedValues } from './form-values.ts'
import type { FormValues } from './inputs/question-props.ts'
import { useAdvance } from './use-advance.ts'
import { useWizard } from './wizard-context.ts'

export type StepFormState = UseFormReturn<FormValues, unknown, unknown>

export interface StepControls {
  step: ManifestStep
  isValid: boolean
  isAdvancing: boolean
  issues: readonly StepIssue[]
  problem: Problem | null
  onSubmit(event?: BaseSyntheticEvent): Promise<void>
  onSkip(): Promise<void>
}

const storedOf = (step: StepId): StepPatch => answers.store.getState().answers[step] ?? {}

/**
 * One step's form: prefilled from the answers that this browser keeps, mirrored into them as one types, and following
 * them when they change elsewhere. `step` has the questions that apply; the values of the others are kept.
 */
export function useStepForm(step: ManifestStep): { form: StepFormState; controls: StepControls } {
  const { issues: found, questions } = useWizard()
  const whole = questions.allSteps.find(({ id }) => id === step.id) ?? step
  const advance = useAdvance(step.id)
  const [issues, setIssues] = useState<readonly StepIssue[]>(found)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isAdvancing, setAdvancing] = useState(false)
  const resolver = useMemo(
    () =>
      zodResolver(
        z.pipe(
          z.pipe(
            z.custom<FormValues>(),
            z.transform((values): unknown => given(storedValues(step, values))),
          ),
          stepSchema(step, questions.language),
        ),
      ),
    [step, questions.language],
  )
  const form = useForm<FormValues, unknown, unknown>({
    resolver,
    defaultValues: shownValues(whole, storedOf(step.id)),
    mode: 'onTouched',
    shouldFocusError: false,
  })
  useMirror(whole, form)
  useWatch({ control: form.control })
  const isValid = missing(step, form.getValues()).length === 0

  function missing(step: ManifestStep, values: FormValues): StepIssue[] {
    return stepIssues(step, storedValues(step, values), questions.language)
  }

  /** At each field: what the form finds itself, then what only the server can know. */
  async function mark(all: readonly StepIssue[]): Promise<void> {
    if (!all.some((issue) => issue.step === step.id)) return
    await form.trigger()
    const names = fieldNames(step)
    for (const issue of all) {
      if (issue.step === step.id && names.includes(issue.field)) {
        form.setError(issue.field, { type: 'server', message: issue.message })
      }
    }
  }
  const markFound = useEffectEvent(() => void mark(found))
  useEffect(() => markFound(), [])

  async function move(how: 'complete' | 'skip'): Promise<void> {
    setIssues([])
    setProblem(null)
    setAdvancing(true)
    const held = await advance(how)
    if (!held) return
    setAdvancing(false)
    if (held.issues) {
      setIssues(held.issues)
      trackInvalid(step.id, held.issues)
      await mark(held.issues)
    }
    setProblem(held.problem)
  }

  const onSubmit = form.handleSubmit(
    () => move('complete'),
    () => {
      const wrong = missing(step, form.getValues())
      setIssues(wrong)
      trackInvalid(step.id, wrong)
    },
  )
  return { form, controls: { step, isValid, isAdvancing, issues, problem, onSubmit, onSkip: () => move('skip') } }
}

/** What is typed goes to the answers at once; what changes there, by another tab or a merge, comes back. */
function useMirror(step: ManifestStep, form: StepFormState): void {
  const { engine } = useWizard()
  // A reset first reports the values that it is about to replace: nobody has typed those.
  const isFollowing = useRef(false)
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback({ values }) {
          if (isFollowing.current) return
          const known = storedOf(step.id)
          const changed = Object.entries(storedValues(step, values)).filter(([field, value]) => !sameAnswer(value, known[field]))
          if (changed.length === 0) return
          answers.edit(step.id, Object.fromEntries(changed))
          engine.edited(step.id)
        },
      }),
    [step, form, engine],
  )
  useEffect(() => {
    function follow(): void {
      const shown = storedValues(step, form.getValues())
      const known = storedOf(step.id)
      if (Object.keys({ ...known, ...shown }).every((field) => sameAnswer(shown[field], known[field]))) return
      isFollowing.current = true
      form.reset(shownValues(step, known), { keepErrors: true, keepTouched: true, keepIsSubmitted: true, keepFieldsRef: true })
      isFollowing.current = false
    }
    // Controls fill themselves in before this is heard: a time zone is the browser's.
    follow()
    return answers.store.subscribe(follow)
  }, [step, form])
}
