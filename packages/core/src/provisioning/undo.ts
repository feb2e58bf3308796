import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import { withDeadline } from './deadline.ts'
import type { Effects } from './effects.ts'
import type { RunPatch, StageEvent, Step } from './journal.ts'
import { lockLost } from './lock.ts'
import type { Run } from './run-row.ts'
import { stageAt } from './stages/index.ts'
import type { Undo, Undone } from './stages/stage.ts'
import { type Hold, RETRY_PAUSES_MS, write } from './write.ts'

interface Undoable {
  id: StageId
  index: number
  undo: Undo
}

/**
 * What there is to undo, the last first, down to and including `to`. The stage that the run is at may have been done in
 * part, so it is among them.
 */
export function undoables(run: Run, to: StageId): Undoable[] {
  const reached = STAGE_IDS.slice(STAGE_IDS.indexOf(to), run.stagesCompleted + 1).toReversed()
  return reached.flatMap((id) => {
    const index = STAGE_IDS.indexOf(id)
    const undo = stageAt(index)?.undo
    return undo ? [{ id, index, undo }] : []
  })
}

/**
 * Deletes what stages have left outside that the run was taken back from and has not come to again: it failed before. That
 * they were undone is in the journal already. For a run that nobody takes forward any more.
 */
export async function clearAhead(ctx: ProvisioningContext, run: Run, hold: Hold): Promise<void> {
  for (let index = run.stagesCompleted + 1; index < STAGE_IDS.length; index++) {
    const undo = stageAt(index)?.undo
    if (undo) await undoOutside(ctx, { run, undo }, hold)
  }
}

/** Undoes one stage outside, and writes it down. For a run that nobody takes forward any more. */
export async function undoStage(
  ctx: ProvisioningContext,
  { run, stage }: { run: Run; stage: Undoable },
  hold: Hold,
): Promise<Run> {
  const { id, index, undo } = stage
  await undoOutside(ctx, { run, undo }, hold)
  const { detail, patch, effects } = undo.inside(ctx, run)
  return write(
    ctx,
    { run, hold },
    {
      events: [{ stage: id, status: 'undone', attempt: 1, detail }],
      patch: { ...patch, stagesCompleted: Math.min(run.stagesCompleted, index) },
      ...(effects && { effects }),
    },
  )
}

function undoOutside(ctx: ProvisioningContext, { run, undo }: { run: Run; undo: Undo }, hold: Hold): Promise<void> {
  return retrying(ctx, hold, () => withDeadline(ctx.clock, ctx.settings.stageDeadlineMs, async () => undo.outside?.(ctx, run)))
}

/**
 * Takes a run back to the start of a stage that it has come to, in one step: whoever takes it over from here goes forward
 * again, and meets nothing half undone. What has to go outside is seen to by the stage that makes it anew.
 */
export function backTo(ctx: ProvisioningContext, run: Run, stage: StageId): Step {
  const index = Math.min(STAGE_IDS.indexOf(stage), run.stagesCompleted)
  const to = STAGE_IDS[index] ?? stage
  const undone = undoables(run, to).map(({ id, undo }) => ({ id, ...undo.inside(ctx, run) }))
  const started: StageEvent = { stage: to, status: 'started', attempt: 1, detail: { retriedFrom: to } }
  const [first = started, ...others] = undone.map(({ id, detail }): StageEvent => ({
    stage: id,
    status: 'undone',
    attempt: 1,
    detail,
  }))
  return {
    events: first === started ? [started] : [first, ...others, started],
    patch: { ...merged(undone), stagesCompleted: index, failure: null, nextAttemptAt: null },
    effects: effectsOf(undone),
  }
}

function merged(undone: readonly Undone[]): RunPatch {
  return Object.assign({}, ...undone.map(({ patch }) => patch))
}

/** An organization that is given up needs no other dataset. */
function effectsOf(undone: readonly Undone[]): Effects {
  const { moved, ...effects }: Effects = Object.assign({}, ...undone.map((each) => each.effects))
  return moved && !effects.abandon ? { ...effects, moved } : effects
}

/** Throws what is still wrong after three retries, or is not transient. */
export async function retrying<Result>(ctx: ProvisioningContext, hold: Hold, work: () => Promise<Result>): Promise<Result> {
  for (let number = 0; ; number++) {
    // Whoever has lost the lock while they waited has nothing to do outside any more.
    if (hold.signal.aborted) throw lockLost()
    try {
      return await work()
    } catch (error) {
      const pause = RETRY_PAUSES_MS[number]
      if (classify(error).retry !== 'transient' || pause === undefined || hold.signal.aborted) throw error
      await ctx.clock.sleep(pause, hold.signal)
    }
  }
}
