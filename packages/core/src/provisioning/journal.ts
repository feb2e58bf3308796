import type { Db } from '@gangway/db/client'
import { onboardingRuns } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { PlanId } from '@gangway/schemas/plans'
import { type RunFailure, type RunState, STAGE_IDS, type StageId, type StageStatus } from '@gangway/schemas/provisioning'
import { eq, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { EnqueuedJob, Jobs } from '../ports/index.ts'
import type { Effects } from './effects.ts'
import { GroupCommit } from './group-commit.ts'
import { type Lease, lockIdOf, lockLost } from './lock.ts'
import { type Owner, ownerSchema } from './owner.ts'
import { type Run, runRowSchema } from './run-row.ts'

export interface StageEvent {
  stage: StageId
  status: StageStatus
  attempt: number
  detail?: Record<string, unknown>
  failure?: RunFailure
}

export type RunPatch = Partial<
  Pick<
    Run,
    | 'state'
    | 'stagesCompleted'
    | 'orgId'
    | 'workspace'
    | 'keyFingerprint'
    | 'failure'
    | 'nextAttemptAt'
    | 'sweeps'
    | 'refundKey'
    | 'refundedAt'
    | 'finishedAt'
  >
>

/** One step of a run: what happened, what the run becomes, what else changes. All of it is written, or nothing. */
export interface Step {
  /** At least one: the journal's length is what tells a repeat from a first try. */
  events: [StageEvent, ...StageEvent[]]
  patch?: RunPatch
  effects?: Effects
  /** The run needs no holder after this step. */
  release?: boolean
}

export interface NewRun {
  origin: 'checkout' | 'operator'
  userId: string
  plan: PlanId
  slug: string
  companyName: string
}

export interface OpenRequest {
  checkoutSessionId: string
  /** Who asks, where a person does: the run has to be theirs. */
  userId?: string
  /** For a run that does not exist yet. */
  newRun?: NewRun
  /** The states from which this request may take a run to work, and the one it has then. */
  states: readonly RunState[]
  nextState: RunState
  /** Also a failure that waits for a person. */
  resume: boolean
  /** Journals the start of the stage that the run is at. */
  starts: boolean
  holder: string
  ttlMs: number
}

export type Opened =
  | { part: 'started'; run: Run; lease: Lease; owner: Owner }
  | { part: 'joined' | 'settled'; run: Run }
  | { part: 'absent' }

/** `unclear`: somebody else was at it between our look at the run and our hand on its lock. */
type Look = Opened | { part: 'unclear' }
const LOOKS = 3

interface Writing {
  run: Run
  lease: Lease
  step: Step
}

/**
 * The only way in which runs change. What all runs of this process have to write at one time shares a statement and a
 * commit; nobody who calls knows.
 */
export interface Journal {
  /** Takes a run's lock and puts the run to work, or says why not. */
  open(request: OpenRequest): Promise<Opened>
  /**
   * Writes one step and answers the run as it is then. A repeat of a step that was written, but whose reply was lost,
   * changes nothing. Throws LOCK_LOST once a newer token exists.
   */
  record(writing: Writing): Promise<Run>
}

export function createJournal({ db, jobs }: { db: Db; jobs: Jobs }): Journal {
  const opens = new GroupCommit<OpenRequest, Look>({
    key: (request) => request.checkoutSessionId,
    together: (requests) => openRuns(db, requests, false),
    alone: async (request) => only(await openRuns(db, [request], true)),
  })
  const steps = new GroupCommit<Writing, boolean>({
    key: ({ run }) => run.id,
    together: (writings) => writeSteps({ db, jobs }, writings, false),
    alone: async (writing) => only(await writeSteps({ db, jobs }, [writing], true)),
  })
  return {
    async open(request) {
      for (let left = LOOKS; left > 0; left--) {
        const look = await opens.add(request)
        if (look.part !== 'unclear') return look
      }
      return { part: 'absent' }
    },
    async record(writing) {
      const written = await steps.add(writing)
      return written ? after(writing) : confirmWritten(db, writing)
    },
  }
}

const openedSchema = z.array(
  z.object({
    n: z.number(),
    part: z.enum(['started', 'joined', 'settled', 'absent']),
    token: z.coerce.number().nullable(),
    run: runRowSchema.nullable(),
    owner: ownerSchema.nullable(),
  }),
)

async function openRuns(db: Db, requests: OpenRequest[], patient: boolean): Promise<Look[]> {
  const rows = requests.map((request, n) => ({
    n,
    checkout_session_id: request.checkoutSessionId,
    new_run: request.newRun ?? null,
    states: request.states,
    next_state: request.nextState,
    holder: request.holder,
    ttl_ms: request.ttlMs,
    user_id: request.userId ?? null,
    resume: request.resume,
    starts: request.starts,
    stages: STAGE_IDS,
  }))
  const found = await call(db, OPEN_RUNS, [JSON.stringify(rows), patient])
  const looks: Look[] = []
  for (const { n, part, token, run, owner } of openedSchema.parse([...found])) {
    const lockId = lockIdOf(requests[n]?.checkoutSessionId ?? '')
    if (part === 'started' && run && owner && token !== null)
      looks[n] = { part, run, owner, lease: { lockId, fencingToken: token } }
    else if (part === 'absent') looks[n] = { part }
    else if (token !== null) looks[n] = await letGo(db, { lockId, fencingToken: token })
    else looks[n] = run && part !== 'started' ? { part, run } : { part: 'unclear' }
  }
  return looks
}

/** The lock was free, but the run was not as it had looked. A lock that cannot be given back now expires. */
async function letGo(db: Db, { lockId, fencingToken }: Lease): Promise<Look> {
  await db
    .execute(sql`delete from onboarding_locks where lock_id = ${lockId} and fencing_token = ${fencingToken}`)
    .catch(() => {})
  return { part: 'unclear' }
}

async function writeSteps({ db, jobs }: { db: Db; jobs: Jobs }, writings: Writing[], patient: boolean): Promise<boolean[]> {
  const rows = writings.map(({ run, lease, step }, n) => ({
    n,
    runId: run.id,
    token: lease.fencingToken,
    seq: run.lastSeq,
    patch: step.patch ?? {},
    events: step.events,
    lockId: step.release ? lease.lockId : null,
  }))
  const steps = JSON.stringify(rows)
  const effects = JSON.stringify(effectsByKind(writings))
  const withJobs = writings.some(({ step }) => step.effects?.jobs?.length)
  const written = withJobs
    ? await inTransaction(db, async (tx) => {
        const numbers = numbersOf(
          await tx.execute(sql`select n from write_run_steps(${steps}::jsonb, ${effects}::jsonb, ${patient}) as n`),
        )
        const wanted: EnqueuedJob[] = writings.flatMap(({ step }, n) => (numbers.has(n) ? (step.effects?.jobs ?? []) : []))
        if (wanted.length > 0) await jobs.enqueueAll(tx, wanted)
        return numbers
      })
    : numbersOf(await call(db, WRITE_RUN_STEPS, [steps, effects, patient]))
  return writings.map((_, n) => written.has(n))
}

/** A list for each kind of effect: the database does nothing for a kind that no step has. */
function effectsByKind(writings: Writing[]): Record<string, { n: number; runId: string; value: unknown }[]> {
  const kinds: Record<string, { n: number; runId: string; value: unknown }[]> = {}
  for (const [n, { run, step }] of writings.entries()) {
    const { jobs: _jobs, ...effects } = step.effects ?? {}
    for (const [kind, value] of Object.entries(effects)) (kinds[kind] ??= []).push({ n, runId: run.id, value })
  }
  return kinds
}

const OPEN_RUNS = 'select n, part, token, run, owner from open_runs($1::text::jsonb, $2::boolean)'
const WRITE_RUN_STEPS = 'select n from write_run_steps($1::text::jsonb, $2::text::jsonb, $3::boolean) as n'

/** Prepared once for each connection, and so one round trip instead of two. */
function call(db: Db, statement: string, parameters: (string | boolean)[]): Promise<Iterable<unknown>> {
  return db.$client.unsafe(statement, parameters, { prepare: true })
}

const numbersSchema = z.array(z.object({ n: z.number() }))

function numbersOf(rows: Iterable<unknown>): Set<number> {
  return new Set(numbersSchema.parse([...rows]).map(({ n }) => n))
}

/** The run after a step that was written: nobody else writes while the lease holds. */
function after({ run, step }: Writing): Run {
  return { ...run, ...step.patch, lastSeq: run.lastSeq + step.events.length }
}

/** Not written: either it was before, and only the reply was lost, or somebody else has the lock. */
async function confirmWritten(db: Db, writing: Writing): Promise<Run> {
  const { run, lease } = writing
  const { lastSeq, state, stagesCompleted } = after(writing)
  const [current] = await db.select().from(onboardingRuns).where(eq(onboardingRuns.id, run.id))
  // Another step of this holder's can stand there as well: one whose reply was lost for good.
  const isThis = current?.lastSeq === lastSeq && current.state === state && current.stagesCompleted === stagesCompleted
  if (current?.fencingToken === lease.fencingToken && isThis) return current
  throw lockLost()
}

function only<Answer>(answers: Answer[]): Answer {
  const [answer] = answers
  if (answer === undefined) throw new Error('a group of one was not answered')
  return answer
}
