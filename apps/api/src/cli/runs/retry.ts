import { retryRun, runDetails } from '@gangway/core/provisioning'
import type { StageId } from '@gangway/schemas/provisioning'
import { Interrupted } from '../command-failure.ts'
import { followRun } from '../follow-run.ts'
import { paint } from '../paint.ts'
import { printJson, say } from '../output.ts'
import { stoppedLines, stoppedObject } from '../run-text.ts'
import { type Session, withSession } from '../session.ts'
import { findRunId } from './find.ts'

export interface RetryOptions {
  from?: StageId
  json?: boolean
}

export function retry(which: string, options: RetryOptions): Promise<boolean> {
  return withSession((session) => retryIn(session, which, options), { heeds: true })
}

async function retryIn(session: Session, which: string, { from, json = false }: RetryOptions): Promise<boolean> {
  const { base, provisioning } = session.contexts
  const runId = await findRunId(session, which)
  const before = await runDetails(base, { runId })
  const fulfilment = await retryRun(provisioning, { runId, actorId: null, ...(from && { fromStage: from }) })
  const followed = { fulfilment, userId: before.run.userId, lastSeq: before.timeline.at(-1)?.seq ?? 0 }
  await followRun(session, followed, { quiet: json })
  if (session.signal.aborted)
    throw new Interrupted(`Interrupted. The run goes on; \`gangway runs show ${runId}\` tells how far it is.`)
  const { run } = await runDetails(base, { runId })
  const succeeded = run.state === 'succeeded'
  if (json) printJson(succeeded ? run : stoppedObject(run))
  else say(succeeded ? ['', `${paint('good', 'Succeeded.')} ${run.slug} is onboarded.`] : ['', ...stoppedLines(run)])
  return succeeded
}
