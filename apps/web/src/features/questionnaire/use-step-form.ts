import { zodResolver } from '@hookform/resolvers/zod'
import type { Problem } from '@gangway/schemas/errors'
import { isNoAnswer, sameAnswer } from '@gangway/schemas/merge'
import {
  type DraftValue,
  STEP_SCHEMAS,
  type StepId,
  type StepIssue,
  stepIssues,
  type StepPatch,
} from '@gangway/schemas/questionnaire'
import { type BaseSyntheticEvent, useEffect, useEffectEvent, useRef, useState } from 'react'
import { type DefaultValues, type FieldPath, useForm, type UseFormReturn } from 'react-hook-form'
import { z } from 'zod'
import { answers } from './answers.ts'
import { useAdvance } from './use-advance.ts'
import { useWizard } from './wizard-context.ts'

type FormValues = Record<string, DraftValue>

export interface StepFormParts<Values extends FormValues> {
  step: StepId
  fields: readonly FieldPath<Values>[]
  /** What the form shows for what is stored. */
  toValues(stored: StepPatch): DefaultValues<Values>
  /** What is stored of what the form shows; all of it, where this is left out. */
  toPatch?: (values: Values) => StepPatch
}

export interface StepControls {
  step: StepId
  isValid: boolean
  isAdvancing: boolean
  issues: readonly StepIssue[]
  problem: Problem | null
  onSubmit(event?: BaseSyntheticEvent): Promise<void>
  onSkip(): Promise<void>
}

const storedOf = (step: StepId): StepPatch => answers.store.getState().answers[step] ?? {}

function patchOf<Values extends FormValues>({ toPatch }: StepFormParts<Values>, values: Values): StepPatch {
  return toPatch ? toPatch(values) : values
}

/** What is validated: fields that were left empty are not there. */
function givenOf<Values extends FormValues>(parts: StepFormParts<Values>, values: Values): StepPatch {
  return Object.fromEntries(Object.entries(patchOf(parts, values)).filter(([, value]) => !isNoAnswer(value)))
}

/**
 * One step's form: prefilled from the answers that this browser keeps, mirrored into them as one types, and following
 * them when they change elsewhere. `parts` is the same object on every call.
 */
export function useStepForm<Values extends FormValues>(
  parts: StepFormParts<Values>,
): { form: UseFormReturn<Values, unknown, unknown>; controls: StepControls } {
  const { step } = parts
  const { issues: found } = useWizard()
  const advance = useAdvance(step)
  const [issues, setIssues] = useState<readonly StepIssue[]>(found)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isAdvancing, setAdvancing] = useState(false)
  const form = useForm<Values, unknown, unknown>({
    resolver: zodResolver(
      z
        .custom<Values>()
        .transform((values): unknown => givenOf(parts, values))
        .pipe(STEP_SCHEMAS[step]),
    ),
    defaultValues: parts.toValues(storedOf(step)),
    mode: 'onTouched',
    shouldFocusError: false,
  })
  useMirror(parts, form)

  /** At each field: what the form finds itself, then what only the server can know. */
  async function mark(all: readonly StepIssue[]): Promise<void> {
    if (!all.some((issue) => issue.step === step)) return
    await form.trigger()
    for (const issue of all) {
      const field = issue.step === step && parts.fields.find((known) => known === issue.field)
      if (field) form.setError(field, { type: 'server', message: issue.message })
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
      await mark(held.issues)
    }
    setProblem(held.problem)
  }

  const onSubmit = form.handleSubmit(
    () => move('complete'),
    () => setIssues(stepIssues(step, givenOf(parts, form.getValues()))),
  )
  return {
    form,
    controls: { step, isValid: form.formState.isValid, isAdvancing, issues, problem, onSubmit, onSkip: () => move('skip') },
  }
}

/** What is typed goes to the answers at once; what changes there, by another tab or a merge, comes back. */
function useMirror<Values extends FormValues>(parts: StepFormParts<Values>, form: UseFormReturn<Values, unknown, unknown>): void {
  const { engine } = useWizard()
  // A reset first reports the values that it is about to replace: nobody has typed those.
  const isFollowing = useRef(false)
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback({ values }) {
          if (isFollowing.current) return
          const known = storedOf(parts.step)
          const changed = Object.entries(patchOf(parts, values)).filter(([field, value]) => !sameAnswer(value, known[field]))
          if (changed.length === 0) return
          answers.edit(parts.step, Object.fromEntries(changed))
          engine.edited(parts.step)
        },
      }),
    [parts, form, engine],
  )
  useEffect(
    () =>
      answers.store.subscribe(() => {
        const shown = patchOf(parts, form.getValues())
        const known = storedOf(parts.step)
        if (Object.keys({ ...known, ...shown }).every((field) => sameAnswer(shown[field], known[field]))) return
        isFollowing.current = true
        form.reset(parts.toValues(known), { keepErrors: true, keepTouched: true, keepIsSubmitted: true, keepFieldsRef: true })
        isFollowing.current = false
      }),
    [parts, form],
  )
}
