import { onboardingSessions, stepHandOffs } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { HandOff } from '@gangway/schemas/hand-offs'
import { eq } from 'drizzle-orm'
import { createHash } from 'node:crypto'
import { GangwayError } from '../errors/index.ts'
import type { SessionRow } from './session-view.ts'

/*
 *  waiting ──claim──► opened ──answer──► answered
 *     │                 │
 *     └─────────────────┴──► expired (7 days), revoked (the owner, or a newer one for the step),
 *                            closed (the step was completed otherwise, or the whole session)
 */

export type HandOffRow = typeof stepHandOffs.$inferSelect

export interface Found {
  handOff: HandOffRow
  session: SessionRow
}

/** Codes and claims have 142 bits and more, so that a plain hash of them is enough. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret.trim()).digest('hex')
}

/** Throws HAND_OFF_NOT_FOUND for a code that is forged, revoked or too old, all alike. */
export async function findByCode(reader: Pick<Tx, 'select'>, { code, at }: { code: string; at: Date }): Promise<Found> {
  const [found] = await reader
    .select({ handOff: stepHandOffs, session: onboardingSessions })
    .from(stepHandOffs)
    .innerJoin(onboardingSessions, eq(onboardingSessions.id, stepHandOffs.sessionId))
    .where(eq(stepHandOffs.codeHash, hashOf(code)))
  if (!found || found.handOff.revokedAt || found.handOff.expiresAt <= at) throw new GangwayError('HAND_OFF_NOT_FOUND')
  return found
}

/** Whether there is nothing left to answer, though nobody has answered by this link. */
export function isClosed({ handOff, session }: Found): boolean {
  return session.status === 'completed' || session.completedSteps.includes(handOff.step)
}

/** As its owner sees it. */
export function handOffOf(row: HandOffRow, at: Date): HandOff {
  const { id, step, email, colleague, expiresAt, answeredAt } = row
  return { id, step, email, state: stateOf(row, at), colleague, expiresAt, answeredAt }
}

function stateOf({ claimedAt, answeredAt, expiresAt }: HandOffRow, at: Date): HandOff['state'] {
  if (answeredAt) return 'answered'
  if (expiresAt <= at) return 'expired'
  return claimedAt ? 'opened' : 'waiting'
}
