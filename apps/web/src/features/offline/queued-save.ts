import { problemSchema } from '@gangway/schemas/errors'
import { saveInputSchema } from '@gangway/schemas/onboarding'
import { stepPatchSchema } from '@gangway/schemas/questionnaire'
import * as z from 'zod/mini'

/*
 * A save from the edit that it was made for to the server's answer, kept in the browser all the way:
 *
 *  waiting ──► sending ──► sent       the server has it; remembered, so that nobody takes our own words for another's
 *     ▲           │
 *     │           ├──────► refused    for good: shown to the person, text and all, until they settle it
 *     └── stale ──┘
 *
 * `sending` lasts until there is an answer, over retries and reloads: the server may have it already, and answers the
 * repeat by `mutationId` as it answered the first.
 */
export const queuedSaveSchema = z.extend(saveInputSchema, {
  sessionId: z.string(),
  /** Position in the queue of this browser. */
  order: z.int(),
  state: z.enum(['waiting', 'sending', 'sent', 'refused']),
  /** The patched fields as they were when it was typed: what a merge begins with. */
  base: stepPatchSchema,
  schemaVersion: z.int(),
  /** The procedure's address: the service worker has no other way to know it. */
  url: z.string(),
  /** Why it was refused; for a sent one, why its step could not be completed all the same. */
  problem: z.optional(problemSchema),
})
export type QueuedSave = z.infer<typeof queuedSaveSchema>

export function isUnsent({ state }: QueuedSave): boolean {
  return state === 'waiting' || state === 'sending'
}
