import { BUILT_IN_MANIFEST_VERSION, type Step, STEPS } from '@gangway/schemas/questionnaire'

/** The steps of one published version of the questionnaire, in order. */
export interface Manifest {
  version: number
  steps: readonly Step[]
}

const BUILT_IN: Manifest = { version: BUILT_IN_MANIFEST_VERSION, steps: STEPS }

/** The manifest that new sessions are pinned to. */
export function currentManifest(): Manifest {
  return BUILT_IN
}

/** The manifest that a session was started with; the built-in one stands in for a version that is not known here. */
export function manifestOf(_session: { manifestVersion: number }): Manifest {
  return BUILT_IN
}
