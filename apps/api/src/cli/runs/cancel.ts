import { cancelRun } from '@gangway/core/provisioning'
import type { Command } from 'commander'
import { confirm } from '../ask.ts'
import { printJson } from '../output.ts'
import { type Session, withSession } from '../session.ts'
import { findRunId } from './find.ts'

export interface CancelOptions {
  reason: string
  yes?: boolean
  json?: boolean
}

/** Asks first, for there is no way back; where nobody can answer, --yes has to be given. */
export async function cancel(command: Command, which: string, options: CancelOptions): Promise<boolean> {
  if (!options.yes && (options.json || !process.stdin.isTTY)) command.error('error: give --yes where nobody can be asked')
  return withSession((session) => cancelIn(session, which, options))
}

async function cancelIn(session: Session, which: string, { reason, yes, json }: CancelOptions): Promise<boolean> {
  const runId = await findRunId(session, which)
  if (!yes && !(await confirm(`Give the run of ${which} up? Nothing takes it up again.`, session.signal))) {
    console.log('Not cancelled.')
    return false
  }
  const run = await cancelRun(session.contexts.provisioning, { runId, actorId: null, reason })
  if (json) printJson(run)
  else
    console.log(`${run.slug} is cancelled. The staff app can roll it back, which undoes what it made and gives the payment back.`)
  return true
}
