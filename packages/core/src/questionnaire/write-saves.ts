import type { Db } from '@gangway/db/client'
import { isUniqueViolation } from '@gangway/db/transaction'
import type { SaveInput } from '@gangway/schemas/onboarding'
import type { DraftAnswers, StepIssue, StepPatch } from '@gangway/schemas/questionnaire'
import { z } from 'zod'
import { GroupCommit } from '../provisioning/group-commit.ts'
import type { SessionRow } from './session-view.ts'

type Position = Pick<SessionRow, 'completedSteps' | 'skippedSteps' | 'currentStep'>

/** What a save was answered beside the answers, so that a repeat can be answered alike. */
export type SaveOutcome = Position & { issues: StepIssue[] }

/** A save that has been worked out, on the session as it is at `revision` and `checksum`. */
export interface PreparedSave extends Pick<SaveInput, 'mutationId' | 'step' | 'patch'> {
  row: Pick<SessionRow, 'id' | 'revision' | 'checksum'>
  before: StepPatch
  after: { answers: DraftAnswers; checksum: string }
  outcome: SaveOutcome
  at: Date
}

/**
 * All saves at one time by one statement and one commit. A save is only written on what it was worked out on, and only
 * once. A session that somebody else has locked is passed over: it holds up nobody else's save.
 */
const TOGETHER = `
  with given as materialized (
    select * from jsonb_to_recordset($1::text::jsonb) as given (
      n int, id uuid, revision int, was text, mutation uuid, step text, patch jsonb, before jsonb, answers jsonb,
      checksum text, completed text[], skipped text[], current text, outcome jsonb, at timestamptz)
  ), free as (
    select n, s.id from given join onboarding_sessions s using (id)
    where s.revision = given.revision and s.checksum = given.was and s.status = 'open'
      and not exists (select from onboarding_saves where mutation_id = given.mutation)
    for no key update of s skip locked
  ), written as (
    update onboarding_sessions s
    set answers = given.answers, checksum = given.checksum, revision = given.revision + 1, current_step = given.current,
        completed_steps = given.completed, skipped_steps = given.skipped, updated_at = given.at
    from given join free using (n) where s.id = free.id
    returning n
  ), noted as (
    insert into onboarding_saves (mutation_id, session_id, revision, step, patch, before, outcome, at)
    select mutation, id, revision + 1, step, patch, before, outcome, at from given join written using (n)
  )
  select n from written`

/** The same for one: it takes the database a third less. `lock` says what becomes of a session that somebody has locked. */
const single = (lock: 'skip locked' | '') => `
  with written as (
    update onboarding_sessions
    set answers = $5::text::jsonb, checksum = $6, revision = revision + 1, current_step = $7,
        completed_steps = array(select jsonb_array_elements_text($8::text::jsonb)),
        skipped_steps = array(select jsonb_array_elements_text($9::text::jsonb)), updated_at = $10::timestamptz
    where id = (
      select id from onboarding_sessions
      where id = $1::uuid and revision = $2::int and checksum = $3 and status = 'open'
        and not exists (select from onboarding_saves where mutation_id = $4::uuid)
      for no key update ${lock})
    returning id, revision
  )
  insert into onboarding_saves (mutation_id, session_id, revision, step, patch, before, outcome, at)
  select $4::uuid, id, revision, $11, $12::text::jsonb, $13::text::jsonb, $14::text::jsonb, $10::timestamptz from written
  returning 0 as n`

const AT_ONCE = single('skip locked')
const IN_TURN = single('')

const writtenSchema = z.array(z.object({ n: z.number() }))

/** Prepared once for each connection, and so one round trip instead of two. */
async function run(db: Db, text: string, parameters: (string | number)[]): Promise<Set<number>> {
  const rows = await db.$client.unsafe(text, parameters, { prepare: true })
  return new Set(writtenSchema.parse([...rows]).map(({ n }) => n))
}

async function writeOne(db: Db, text: string, save: PreparedSave): Promise<boolean> {
  const { row, mutationId, step, patch, before, after, outcome, at } = save
  const { completedSteps, skippedSteps, currentStep } = outcome
  const written = await run(db, text, [
    ...[row.id, row.revision, row.checksum, mutationId],
    ...[JSON.stringify(after.answers), after.checksum, currentStep, JSON.stringify(completedSteps), JSON.stringify(skippedSteps)],
    ...[at.toISOString(), step, JSON.stringify(patch), JSON.stringify(before), JSON.stringify(outcome)],
  ])
  return written.size > 0
}

async function writeTogether(db: Db, saves: PreparedSave[]): Promise<boolean[]> {
  const [only, ...others] = saves
  if (only && others.length === 0) return [await writeOne(db, AT_ONCE, only)]
  const given = saves.map(({ row, mutationId, step, patch, before, after, outcome, at }, n) => ({
    ...{ n, id: row.id, revision: row.revision, was: row.checksum, mutation: mutationId, step, patch, before },
    ...{ answers: after.answers, checksum: after.checksum, outcome, at },
    ...{ completed: outcome.completedSteps, skipped: outcome.skippedSteps, current: outcome.currentStep },
  }))
  const written = await run(db, TOGETHER, [JSON.stringify(given)])
  return saves.map((_, n) => written.has(n))
}

/** False where the session is not what it was taken for, or has this save already. Waits for whoever has it locked. */
async function writeAlone(db: Db, save: PreparedSave): Promise<boolean> {
  try {
    return await writeOne(db, IN_TURN, save)
  } catch (error) {
    // The same mutation at the same time, for another session.
    if (isUniqueViolation(error)) return false
    throw error
  }
}

const groups = new WeakMap<Db, GroupCommit<PreparedSave, boolean>>()

/** Stores a save with its entry in the ledger, together with whatever else is saved now. False when it was not to be written. */
export async function writeSave(db: Db, save: PreparedSave): Promise<boolean> {
  let group = groups.get(db)
  if (!group) {
    group = new GroupCommit<PreparedSave, boolean>({
      key: ({ row }) => row.id,
      together: (saves) => writeTogether(db, saves),
      alone: (item) => writeAlone(db, item),
    })
    groups.set(db, group)
  }
  return (await group.add(save)) || writeAlone(db, save)
}
