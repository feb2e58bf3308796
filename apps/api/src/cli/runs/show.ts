import { runDetails } from '@gangway/core/provisioning'
import type { RunDetails } from '@gangway/schemas/runs'
import { columns, indent, printJson, say } from '../output.ts'
import { paint } from '../paint.ts'
import { stateText, timelineLines } from '../run-text.ts'
import { withSession } from '../session.ts'
import { findRunId } from './find.ts'

export async function show(which: string, { json }: { json?: boolean }): Promise<boolean> {
  const details = await withSession(async (session) =>
    runDetails(session.contexts.base, { runId: await findRunId(session, which) }),
  )
  if (json) printJson(details)
  else say(detailLines(details))
  return true
}

function detailLines({ run, timeline, rootCause, lock, organization, pendingSync }: RunDetails): string[] {
  const facts = [
    ['Run', run.id],
    ['Checkout', run.checkoutSessionId],
    ['State', `${stateText(run.state)}${run.stage ? ` at ${run.stage}` : ''}`],
    ['Company', `${run.companyName} (${run.slug}, ${run.plan})`],
    ['Customer', `${run.customerName} <${run.email}>`],
    ['Organization', organization ? `${organization.slug}, ${organization.status}` : ''],
    ['Dataset', run.workspace ?? ''],
    ['Key', run.keyFingerprint ?? ''],
    ['Lock', lock ? `${lock.holder}${lock.expired ? ', expired' : ''}` : ''],
    ['Tried again', run.nextAttemptAt?.toISOString() ?? ''],
    ['Pending sync', pendingSync ? `${pendingSync.status} (${pendingSync.id})` : ''],
    ['Told', run.failure ? `${run.failure.message} (${run.failure.code}, ${run.failure.errorId})` : ''],
    ['Cause', rootCause ? `${rootCause.name}: ${rootCause.message.replaceAll(/\s+/g, ' ')}` : ''],
  ]
  return [
    ...columns(facts.filter(([, value]) => value !== '')),
    '',
    paint('strong', 'Journal'),
    ...indent(timelineLines(timeline)),
  ]
}
