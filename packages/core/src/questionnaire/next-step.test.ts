import { STEP_IDS } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { currentManifest } from './manifest.ts'
import { nextStep } from './next-step.ts'

const manifest = currentManifest()

describe('nextStep', () => {
  it('is the first step at the beginning', () => {
    expect(nextStep(manifest, { completedSteps: [], skippedSteps: [] })).toBe('profile')
  })

  it('passes over what is completed and what is skipped, and goes back to a gap', () => {
    expect(nextStep(manifest, { completedSteps: ['profile', 'work'], skippedSteps: ['tools'] })).toBe('invites')
    expect(nextStep(manifest, { completedSteps: ['profile', 'workspace'], skippedSteps: [] })).toBe('work')
  })

  it('is null when all are done', () => {
    expect(nextStep(manifest, { completedSteps: STEP_IDS, skippedSteps: [] })).toBeNull()
  })
})
