import type { SaveInput } from '@gangway/schemas/onboarding'
import { track } from './telemetry.ts'

let last = { mutationId: '', step: '', attempt: 0 }

/** A save is about to be sent: for the first time, or once more. */
export function trackAttempt({ mutationId, step, patch }: Pick<SaveInput, 'mutationId' | 'step' | 'patch'>): void {
  last = { mutationId, step, attempt: last.mutationId === mutationId ? last.attempt + 1 : 1 }
  track({ name: 'save_attempted', step, props: { fields: Object.keys(patch).length } })
}

/** The save that was sent last has failed for the reason `code`, and is tried again. */
export function trackRetry(code: string): void {
  track({ name: 'save_retried', step: last.step, props: { attempt: last.attempt + 1, code } })
}
