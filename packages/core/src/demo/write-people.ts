import {
  apiKeys,
  checkouts,
  demoPeople,
  exposures,
  keyReveals,
  mailPreferences,
  onboardingRuns,
  onboardingSaves,
  onboardingSessions,
  onboardingStageEvents,
  organizationMembers,
  organizations,
  pendingBackendSyncs,
  slugReservations,
  subscriptions,
  telemetryEvents,
  users,
} from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { canonicalKey, normalizeAnswers } from '../answers/normalize.ts'
import { type AnsweredSession, writeSnapshots } from '../answers/write-snapshots.ts'
import { insertRows } from './insert-rows.ts'
import type { ToldPerson } from './tell-person.ts'
import type { ToldVisit } from './tell-visit.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** Reminders go to who has left the questions open for less than a week. */
const REMINDED_MS = 8 * DAY_MS
/** What is younger is measured for how soon staff could see it. */
const MEASURED_MS = 65 * 60 * 1000

interface Chunk {
  batchId: string
  people: readonly ToldPerson[]
  at: Date
}

/** Writes what was told, each table by one statement. Organizations come before the answers of their people. */
export async function writePeople(tx: Tx, { batchId, people, at }: Chunk): Promise<void> {
  const visits = people.flatMap(({ visit }) => visit ?? [])
  const purchases = people.flatMap(({ purchase }) => purchase ?? [])
  const told = purchases.flatMap((purchase) => purchase.told ?? [])
  await insertRows(
    tx,
    users,
    people.map(({ user }) => user),
  )
  await insertRows(
    tx,
    demoPeople,
    people.flatMap(({ user }) => (user.id ? [{ userId: user.id, batchId }] : [])),
  )
  await insertRows(
    tx,
    onboardingSessions,
    visits.map(({ session }) => session),
  )
  await insertRows(
    tx,
    onboardingSaves,
    visits.flatMap(({ saves }) => saves),
  )
  await insertRows(
    tx,
    exposures,
    visits.flatMap((visit) => visit.exposures),
  )
  await insertRows(
    tx,
    telemetryEvents,
    [...visits, ...purchases].flatMap(({ events }) => events),
  )
  await insertRows(
    tx,
    mailPreferences,
    visits.flatMap((visit) => unreminded(visit, at)),
  )
  await insertRows(
    tx,
    checkouts,
    purchases.map(({ checkout }) => checkout),
  )
  await insertRows(
    tx,
    slugReservations,
    purchases.flatMap(({ reservation }) => reservation ?? []),
  )
  await insertRows(
    tx,
    onboardingRuns,
    told.map(({ run }) => run),
  )
  await insertRows(
    tx,
    onboardingStageEvents,
    told.flatMap(({ journal }) => journal),
  )
  await insertRows(
    tx,
    organizations,
    told.flatMap(({ organization }) => organization ?? []),
  )
  await insertRows(
    tx,
    organizationMembers,
    told.flatMap(({ member }) => member ?? []),
  )
  await insertRows(
    tx,
    subscriptions,
    told.flatMap(({ subscription }) => subscription ?? []),
  )
  await insertRows(
    tx,
    apiKeys,
    told.flatMap(({ apiKey }) => apiKey ?? []),
  )
  await insertRows(
    tx,
    keyReveals,
    told.flatMap(({ reveal }) => reveal ?? []),
  )
  await insertRows(
    tx,
    pendingBackendSyncs,
    told.flatMap(({ pendingSync }) => pendingSync ?? []),
  )
  await writeAnswers(tx, visits, at)
}

/** Those who would be reminded have switched it off. */
function unreminded({ session }: ToldVisit, at: Date): (typeof mailPreferences.$inferInsert)[] {
  const { status, userId, updatedAt } = session
  return status === 'open' && updatedAt.getTime() > at.getTime() - REMINDED_MS ? [{ userId, nudgesOffAt: updatedAt }] : []
}

/** By what the worker writes snapshots with; the triggers count them. */
async function writeAnswers(tx: Tx, visits: readonly ToldVisit[], at: Date): Promise<void> {
  const earlier: AnsweredSession[] = []
  for (const { session } of visits) {
    if (!session.completedAt || !session.submitted) continue
    const { id, revision, submitted, skippedSteps, completedAt } = session
    const answered = { id, revision, ...normalizeAnswers(submitted, skippedSteps, Object.keys(submitted).map(canonicalKey)) }
    if (completedAt.getTime() < at.getTime() - MEASURED_MS) earlier.push(answered)
    else await writeSnapshots(tx, { sessions: [answered], at: new Date(completedAt.getTime() + 300) })
  }
  if (earlier.length > 0) await writeSnapshots(tx, { sessions: earlier, at })
}
