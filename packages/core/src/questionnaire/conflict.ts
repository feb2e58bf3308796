import { onboardingSaves } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { SaveConflict, SaveInput } from '@gangway/schemas/onboarding'
import type { StepPatch } from '@gangway/schemas/questionnaire'
import { and, asc, eq, gt } from 'drizzle-orm'
import { fieldConflicts } from './merge.ts'
import type { Questions } from './manifest.ts'
import { type SessionRow, sessionView } from './session-view.ts'

type StaleSave = Pick<SaveInput, 'revision' | 'step' | 'patch'>

/** What a save that was typed on an older revision is told: the server's state, and what the two disagree about. */
export async function describeConflict(
  tx: Tx,
  { row, questions }: { row: SessionRow; questions: Questions },
  stale: StaleSave,
): Promise<SaveConflict> {
  const later = await tx
    .select({ before: onboardingSaves.before })
    .from(onboardingSaves)
    .where(
      and(
        eq(onboardingSaves.sessionId, row.id),
        eq(onboardingSaves.step, stale.step),
        gt(onboardingSaves.revision, stale.revision),
      ),
    )
    .orderBy(asc(onboardingSaves.revision))
  const theirs = row.answers[stale.step] ?? {}
  return { session: sessionView(row, questions), conflicts: fieldConflicts(stale, baseOf(later), theirs) }
}

/** What the fields that others have written since were before the first of those writes. */
function baseOf(later: readonly { before: StepPatch }[]): StepPatch {
  const base: StepPatch = {}
  for (const { before } of later) {
    for (const [field, value] of Object.entries(before)) {
      if (!(field in base)) base[field] = value
    }
  }
  return base
}
