import type { Manifest } from '@gangway/schemas/manifest'
import { applicable } from '@gangway/schemas/manifest-applicable'
import type { SessionRow } from './session-view.ts'
import { stepsOfVariant, variantOf } from './variants.ts'

/** Where a session of this person begins: pinned to the manifest, in their variant, at its first step. */
export function startOf(manifest: Manifest, userId: string): Pick<SessionRow, 'manifestVersion' | 'variant' | 'currentStep'> {
  const variant = variantOf(manifest, userId)
  const { steps } = applicable(stepsOfVariant(manifest, variant), { answers: {}, skippedSteps: [] })
  return { manifestVersion: manifest.version, variant, currentStep: steps[0]?.id ?? '' }
}
