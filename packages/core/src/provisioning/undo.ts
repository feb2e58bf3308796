import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import { withDeadline } from './deadline.ts'
import type { Run } from './run-row.ts'
import { stageAt } from './stages/index.ts'
import { type Hold, RETRY_PAUSES_MS, write } from './write.ts'

/**
 * Takes back what stages have done, in reverse order, down to and including `to`. The stage that the run is at may have
 * been done in part, so it is undone as well. Each stage's undoing is written down before the next one's begins.
 */
export async function undoStages(ctx: ProvisioningContext, { run: start, to }: { run: Run; to: StageId }, hold: Hold): Promise<Run> {
  const last = STAGE_IDS.indexOf(to)
  let run = start
  for (let index = Math.min(run.stagesCompleted, STAGE_IDS.length - 1); index >= last; index--) {
    const stage = stageAt(index)
    if (!stage?.undo) continue
    const { undo, id } = stage
    const before = run
    const { detail, effects } = await retrying(ctx, hold, () => withDeadline(ctx.clock, ctx.settings.stageDeadlineMs, () => undo(ctx, before)))
    run = await write(ctx, { run, hold }, {
      events: [{ stage: id, status: 'undone', attempt: 1, detail }],
      patch: { stagesCompleted: Math.min(run.stagesCompleted, index) },
      ...(effects && { effects }),
    })
  }
  return run
}

/** Throws what is still wrong after three retries, or is not transient. */
export async function retrying<Result>(ctx: ProvisioningContext, hold: Hold, work: () => Promise<Result>): Promise<Result> {
  for (let number = 0; ; number++) {
    try {
      return await work()
    } catch (error) {
      const pause = RETRY_PAUSES_MS[number]
      if (classify(error).retry !== 'transient' || pause === undefined || hold.signal.aborted) throw error
      await ctx.clock.sleep(pause, hold.signal)
    }
  }
}
