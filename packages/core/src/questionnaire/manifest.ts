import type { Tx } from '@gangway/db/transaction'
import type { ManifestStep, SessionManifest } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST, BUILT_IN_VERSION } from '@gangway/schemas/manifest-built-in'
import type { BaseContext } from '../context.ts'
import type { SessionRow } from './session-view.ts'

/** What one session is asked. */
export interface Questions extends SessionManifest {
  /** The steps with the questions that a flag keeps from this person: what they have answered of them is kept. */
  allSteps: readonly ManifestStep[]
}

type Reader = Pick<Tx, 'select'>
type Pinned = Pick<SessionRow, 'userId' | 'manifestVersion' | 'variant' | 'answers'>

/** The version that new sessions are pinned to. */
export async function currentVersion(_reader: Reader): Promise<number> {
  return BUILT_IN_VERSION
}

/** What a session is asked: the manifest that it was started with, whatever has been published since. */
export async function questionsOf(_ctx: BaseContext, _reader: Reader, session: Pinned): Promise<Questions> {
  const { version, languages, steps } = BUILT_IN_MANIFEST
  return { version, variant: session.variant, languages, steps, allSteps: steps }
}
