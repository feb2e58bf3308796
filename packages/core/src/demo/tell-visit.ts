import type { exposures, onboardingSaves, onboardingSessions, telemetryEvents } from '@gangway/db/schema'
import type { Manifest } from '@gangway/schemas/manifest'
import { ANSWER_SCHEMA_VERSION } from '@gangway/schemas/questionnaire'
import type { BrowserEventName, TelemetryProps } from '@gangway/schemas/telemetry'
import { advance } from '../questionnaire/advance.ts'
import { applyPatch } from '../questionnaire/apply-patch.ts'
import { checksum } from '../questionnaire/canonical.ts'
import { completionIssues, submissionOf, submittedAnswers } from '../questionnaire/completion-issues.ts'
import { startOf } from '../questionnaire/start-of.ts'
import { stepsOfVariant } from '../questionnaire/variants.ts'
import { factId } from '../telemetry/record-fact.ts'
import type { Dice } from './dice.ts'
import type { Act } from './visit.ts'

type Session = typeof onboardingSessions.$inferSelect

export interface ToldVisit {
  session: Session
  saves: (typeof onboardingSaves.$inferInsert)[]
  exposures: (typeof exposures.$inferInsert)[]
  events: (typeof telemetryEvents.$inferInsert)[]
}

interface Visit {
  userId: string
  manifest: Manifest
  acts: readonly Act[]
}

/**
 * What the wizard and the server put on record of a visit: the same functions as in `save` and `complete` work it out, and
 * the rows are what these write, with the times at which it would have happened.
 */
export function tellVisit(dice: Dice, { userId, manifest, acts }: Visit): ToldVisit {
  const from = new Date(acts[0]?.at ?? 0)
  const told: ToldVisit = {
    session: newSession(dice.uuid(), { userId, manifest, at: from }),
    saves: [],
    exposures: [],
    events: [],
  }
  const steps = stepsOfVariant(manifest, told.session.variant)
  const questions = { steps, allSteps: steps }
  const { id: sessionId, manifestVersion, variant } = told.session
  let viewedAt = from.getTime()

  function track<Name extends BrowserEventName>({ at, step }: Act, name: Name, props: TelemetryProps[Name]): void {
    told.events.push({ id: dice.eventId(at), userId, sessionId, name, step, variant, at: new Date(at), props })
  }

  for (const act of acts) {
    const { step } = act
    const at = new Date(act.at)
    const { session } = told
    switch (act.kind) {
      case 'viewed':
        if (told.exposures.length === 0) told.exposures.push({ sessionId, userId, manifestVersion, variant, step, at })
        viewedAt = act.at
        track(act, 'step_viewed', {})
        break
      case 'resumed':
        track(act, 'resumed', {
          ...{ completed: session.completedSteps.length, skipped: session.skippedSteps.length, of: steps.length },
        })
        break
      case 'attempted':
        track(act, 'save_attempted', { fields: Object.keys(act.patch).length })
        break
      case 'retried':
        track(act, 'save_retried', { attempt: act.attempt, code: act.code })
        break
      case 'queued':
        track(act, 'save_queued', { waiting: act.waiting })
        break
      case 'conflicted':
        track(act, 'save_conflicted', { fields: act.fields })
        break
      case 'refused':
        track(act, 'validation_failed', { issues: act.issues.map(({ field, code }) => ({ field, code })) })
        break
      case 'saved': {
        const { answers, before } = applyPatch(session.answers, step, act.patch)
        const move = act.advance && { advance: act.advance }
        const { position, issues } = advance({ ...session, answers }, questions, { step, ...move })
        const revision = session.revision + 1
        const outcome = { ...position, issues }
        told.saves.push({ mutationId: dice.uuid(), sessionId, revision, step, patch: act.patch, before, outcome, at })
        told.session = { ...session, ...position, answers, checksum: checksum(answers), revision, updatedAt: at }
        const elapsedMs = act.at - viewedAt
        if (act.advance)
          track({ ...act, at: act.at + 1 }, act.advance === 'skip' ? 'step_skipped' : 'step_completed', { elapsedMs })
        break
      }
      case 'completed': {
        told.session = completed(session, { steps, at })
        const { completedSteps, skippedSteps } = told.session
        told.events.push({
          ...{ id: factId('completed', sessionId), userId, sessionId, name: 'completed', step: null, variant, at },
          props: { completed: completedSteps.length, skipped: skippedSteps.length },
        })
      }
    }
  }
  return told
}

function newSession(id: string, { userId, manifest, at }: { userId: string; manifest: Manifest; at: Date }): Session {
  return {
    ...{ id, userId, schemaVersion: ANSWER_SCHEMA_VERSION, ...startOf(manifest, userId), status: 'open' },
    ...{ completedSteps: [], skippedSteps: [], answers: {}, revision: 0, checksum: checksum({}), startedAt: at, updatedAt: at },
    ...{ completedAt: null, answerSchemaVersion: null, answersForgottenAt: null, submitted: null, resetAt: null },
  }
}

/** Throws where the answers are not those of somebody who may complete. */
function completed(session: Session, { steps, at }: { steps: Manifest['steps']; at: Date }): Session {
  const submission = submissionOf(steps, session)
  const [issue] = completionIssues(submission, session)
  if (issue) throw new Error(`${issue.step}.${issue.field}: ${issue.message}`)
  const completedSteps = submission.steps.map(({ id }) => id)
  return {
    ...{ ...session, status: 'completed', completedSteps, submitted: submittedAnswers(submission) },
    ...{ currentStep: completedSteps.at(-1) ?? session.currentStep, revision: session.revision + 1 },
    ...{ answerSchemaVersion: ANSWER_SCHEMA_VERSION, completedAt: at, updatedAt: at },
  }
}
