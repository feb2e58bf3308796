import { isNoAnswer } from './merge.ts'
import type { ManifestField, ManifestStep } from './manifest.ts'
import { holds } from './manifest-conditions.ts'
import type { DraftAnswers, StepPatch } from './questionnaire.ts'

/** The fields of the step that makes or joins a workspace. */
export const WORKSPACE_FIELDS = ['mode', 'name', 'slug', 'inviteCode'] as const

export interface Applicable {
  /** The steps that are asked, each with the questions that are asked. */
  steps: ManifestStep[]
  /** The answers that count: none of a question that is not asked, and none of a step that was skipped. */
  answers: DraftAnswers
}

interface Given {
  answers: DraftAnswers
  skippedSteps: readonly string[]
}

/**
 * What applies to somebody with these answers. A condition sees the answers that count at its place, so that a question
 * that is not asked asks for nothing else. A step without a question that applies is not asked.
 */
export function applicable(steps: readonly ManifestStep[], { answers, skippedSteps }: Given): Applicable {
  const found: Applicable = { steps: [], answers: {} }
  for (const step of steps) {
    if (step.showIf && !holds(step.showIf, found.answers)) continue
    const isSkipped = skippedSteps.includes(step.id)
    const given: StepPatch = answers[step.id] ?? {}
    const counted: StepPatch = {}
    const fields: ManifestField[] = []
    for (const field of step.fields) {
      if (field.showIf && !holds(field.showIf, { ...found.answers, [step.id]: counted })) continue
      fields.push(field)
      take(counted, given, field.name)
    }
    if (step.kind === 'create-or-join') for (const name of WORKSPACE_FIELDS) take(counted, given, name)
    else if (fields.length === 0) continue
    found.steps.push({ ...step, fields })
    if (!isSkipped && Object.keys(counted).length > 0) found.answers[step.id] = counted
  }
  return found
}

function take(counted: StepPatch, given: StepPatch, name: string): void {
  const value = given[name]
  if (value !== undefined && !isNoAnswer(value)) counted[name] = value
}

/** The names that a step's patch may have. */
export function fieldNames(step: ManifestStep): string[] {
  return step.kind === 'create-or-join' ? [...WORKSPACE_FIELDS] : step.fields.map(({ name }) => name)
}

/** The fields of a patch that its step does not have; all of them where there is no such step. */
export function unknownFields(steps: readonly ManifestStep[], step: string, patch: StepPatch): string[] {
  const found = steps.find(({ id }) => id === step)
  const known = found ? fieldNames(found) : []
  return Object.keys(patch).filter((field) => !known.includes(field))
}
