import type { ManifestStep, SessionManifest } from '@gangway/schemas/manifest'
import type { BaseContext } from '../context.ts'
import { usesFlags, withoutFlaggedOff } from './flags.ts'
import { manifestAt, type Reader } from './manifest-store.ts'
import type { SessionRow } from './session-view.ts'
import { stepsOfVariant } from './variants.ts'

/** What one session is asked. */
export interface Questions extends SessionManifest {
  /** The steps with the questions that a flag keeps from this person: what they have answered of them is kept. */
  allSteps: readonly ManifestStep[]
}

type Pinned = Pick<SessionRow, 'userId' | 'manifestVersion' | 'variant' | 'answers'>

/** What a session is asked: the manifest and the variant that it was started with, whatever has been published since. */
export async function questionsOf(ctx: BaseContext, reader: Reader, session: Pinned): Promise<Questions> {
  const { userId, manifestVersion, variant, answers } = session
  const manifest = await manifestAt(ctx, reader, manifestVersion)
  const allSteps = stepsOfVariant(manifest, variant)
  const steps = usesFlags(allSteps) ? await withoutFlaggedOff(ctx, allSteps, { reader, userId, answers }) : allSteps
  return { version: manifestVersion, variant, languages: manifest.languages, steps, allSteps }
}
