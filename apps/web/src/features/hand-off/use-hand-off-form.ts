import { handOffProblemSchema, type HandOffView } from '@gangway/schemas/hand-offs'
import type { Problem } from '@gangway/schemas/errors'
import type { ManifestStep } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import { stepIssues } from '@gangway/schemas/manifest-schema'
import type { LanguageCode, StepIssue, StepPatch } from '@gangway/schemas/questionnaire'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useForm, useWatch } from 'react-hook-form'
import { useTRPCClient } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'
import { shownValues, storedValues } from '../questionnaire/form-values.ts'
import type { FormValues } from '../questionnaire/inputs/question-props.ts'
import { newMutationId } from '../questionnaire/mutation-id.ts'
import { ownClaim } from './claim.ts'
import { keepDraft, readDraft } from './draft.ts'
import type { Claimed } from './hand-off-form.tsx'
import { changedFields, type Difference, mergeSeen } from './merge-seen.ts'

interface Parts {
  code: string
  view: Claimed
  language: LanguageCode
  onView: (view: HandOffView) => void
}

/** The owner may save at the same moment, again and again; this often in a row it is something else. */
const STALE_LIMIT = 5

/** A colleague's form: sent once, as a whole, and merged with what the owner has changed since it was opened. */
export function useHandOffForm({ code, view, language, onView }: Parts) {
  const { step } = view
  const client = useTRPCClient()
  const [issues, setIssues] = useState<readonly StepIssue[]>([])
  const [left] = useState(() => mergeSeen(readDraft(code) ?? { seen: {}, typed: {} }, view.answers))
  const [differences, setDifferences] = useState<readonly Difference[]>(left.differences)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isSending, setSending] = useState(false)
  /** What the server had when it was last seen here. */
  const seen = useRef({ answers: view.answers, revision: view.revision })
  /** A send that was not answered is repeated under the same id, as long as it says the same. */
  const sent = useRef({ text: '', mutationId: '' })
  const form = useForm<FormValues, unknown, unknown>({
    defaultValues: shownValues(step, left.shown),
  })
  useWatch({ control: form.control })
  const asked = askedOf(step, storedValues(step, form.getValues()))

  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => keepDraft(code, { seen: seen.current.answers, typed: storedValues(step, values) }),
      }),
    [form, step, code],
  )

  function show(found: readonly StepIssue[]): void {
    form.clearErrors()
    for (const { field, message } of found) if (field) form.setError(field, { type: 'answer', message })
    setIssues(found)
  }

  /** Answers whether the same is to be sent again: nobody has to decide anything. */
  function takeIn(fresh: Claimed): boolean {
    const typed = storedValues(step, form.getValues())
    const merged = mergeSeen({ seen: seen.current.answers, typed }, fresh.answers)
    seen.current = { answers: fresh.answers, revision: fresh.revision }
    form.reset(shownValues(step, merged.shown))
    setDifferences(merged.differences)
    return merged.differences.length === 0
  }

  async function send(): Promise<void> {
    for (let stale = 0; ; stale++) {
      const { answers, revision } = seen.current
      const patch = changedFields(answers, storedValues(step, form.getValues()))
      const text = JSON.stringify([revision, patch])
      if (sent.current.text !== text) sent.current = { text, mutationId: newMutationId() }
      try {
        const { mutationId } = sent.current
        return onView(await client.handOffs.answer.mutate({ code, claim: ownClaim(), revision, patch, mutationId }))
      } catch (error) {
        const failed = problemOf(error)
        const told = handOffProblemSchema.safeParse(failed.details).data
        if (told?.view.state !== 'claimed') return setProblem(failed)
        const isAgain = takeIn(told.view) && failed.code === 'REVISION_CONFLICT'
        if (failed.code === 'ANSWERS_INCOMPLETE') return show(told.issues)
        if (!isAgain) return
        if (stale === STALE_LIMIT) return setProblem(failed)
      }
    }
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (isSending) return
    setProblem(null)
    setDifferences([])
    const typed = storedValues(step, form.getValues())
    const found = stepIssues(askedOf(step, typed), typed, language)
    show(found)
    if (found.length > 0) return
    setSending(true)
    await send().finally(() => setSending(false))
  }

  return {
    ...{ form, asked, issues, differences, problem, isSending },
    submit: (event: FormEvent) => void submit(event),
    /** Takes the owner's value of a field instead of what was typed. */
    useTheirs({ field, theirs }: Difference): void {
      form.setValue(field, shownValues(step, { ...seen.current.answers, [field]: theirs })[field] ?? null)
      setDifferences((open) => open.filter((one) => one.field !== field))
    },
  }
}

/** The questions that apply to what is typed. */
function askedOf(step: ManifestStep, typed: StepPatch): ManifestStep {
  return applicable([step], { answers: { [step.id]: typed }, skippedSteps: [] }).steps[0] ?? step
}
