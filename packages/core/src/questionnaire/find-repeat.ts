import { onboardingSaves, onboardingSessions } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { SaveInput } from '@gangway/schemas/onboarding'
import type { StepIssue } from '@gangway/schemas/questionnaire'
import { and, desc, eq, gt } from 'drizzle-orm'
import { GangwayError } from '../errors/index.ts'
import { applyPatch } from './apply-patch.ts'
import { checksum } from './canonical.ts'
import type { SessionRow } from './session-view.ts'

export interface Repeat {
  row: SessionRow
  issues: StepIssue[]
}

/**
 * What a save was answered when it was stored; undefined for one that was not. The session is put back to what it was
 * then, by what later saves found before them. Where that is not known, the session as it is has to do. Reads a snapshot.
 */
export async function findRepeat(
  reader: Pick<Tx, 'select'>,
  { mutationId, userId }: Pick<SaveInput, 'mutationId'> & { userId: string },
): Promise<Repeat | undefined> {
  const [first] = await reader
    .select({ save: onboardingSaves, owner: onboardingSessions.userId })
    .from(onboardingSaves)
    .innerJoin(onboardingSessions, eq(onboardingSessions.id, onboardingSaves.sessionId))
    .where(eq(onboardingSaves.mutationId, mutationId))
  if (!first) return undefined
  if (first.owner !== userId) throw new GangwayError('INPUT_INVALID', { details: { fields: ['mutationId'] } })
  const { save } = first
  const [row] = await reader.select().from(onboardingSessions).where(eq(onboardingSessions.id, save.sessionId))
  if (!row) throw new GangwayError('NOT_FOUND')
  const later = await reader
    .select({ revision: onboardingSaves.revision, step: onboardingSaves.step, before: onboardingSaves.before })
    .from(onboardingSaves)
    .where(and(eq(onboardingSaves.sessionId, row.id), gt(onboardingSaves.revision, save.revision)))
    .orderBy(desc(onboardingSaves.revision))
  // Completing moves the revision on as well, and leaves the answers alone.
  const steps = row.revision - save.revision - (row.status === 'completed' ? 1 : 0)
  const { outcome, revision, at } = save
  if (!outcome || later.length !== steps) return { row, issues: outcome?.issues ?? [] }
  const answers = later.reduce((known, { step, before }) => applyPatch(known, step, before).answers, row.answers)
  const { issues, ...position } = outcome
  return {
    issues,
    row: {
      ...{ ...row, ...position, answers, revision, checksum: checksum(answers), updatedAt: at },
      ...{ status: 'open', completedAt: null },
    },
  }
}
