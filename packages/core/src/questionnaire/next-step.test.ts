import type { ManifestStep } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { describe, expect, it } from 'vitest'
import { nextStep } from './next-step.ts'

const { steps } = BUILT_IN_MANIFEST
const answers = {}

describe('nextStep', () => {
  it('is the first step at the beginning', () => {
    expect(nextStep(steps, { answers, completedSteps: [], skippedSteps: [] })).toBe('profile')
  })

  it('passes over what is completed and what is skipped, and goes back to a gap', () => {
    const progress = { answers, completedSteps: ['profile', 'work'], skippedSteps: ['tools'] }
    expect(nextStep(steps, progress)).toBe('invites')
    expect(nextStep(steps, { answers, completedSteps: ['profile', 'workspace'], skippedSteps: [] })).toBe('work')
  })

  it('is null when all are done', () => {
    expect(nextStep(steps, { answers, completedSteps: steps.map(({ id }) => id), skippedSteps: [] })).toBeNull()
  })

  it('passes over a step whose condition does not hold, and comes to it once it does', () => {
    const conditional = steps.map((step): ManifestStep =>
      step.id === 'invites' ? { ...step, showIf: { field: 'work.role', in: ['founder', 'executive'] } } : step,
    )
    const progress = { completedSteps: ['profile', 'work', 'tools'], skippedSteps: [] }
    expect(nextStep(conditional, { ...progress, answers: { work: { role: 'data' } } })).toBe('preferences')
    expect(nextStep(conditional, { ...progress, answers: { work: { role: 'founder' } } })).toBe('invites')
  })
})
