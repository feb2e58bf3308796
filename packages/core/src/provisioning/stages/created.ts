import type { Run } from '../run-row.ts'

/** What the second stage put on record; its absence later is a defect, not a state. */
export function created(run: Run): { orgId: string; workspace: string } {
  if (run.orgId === null || run.workspace === null) throw new Error(`run ${run.id} has no organization after create_organization`)
  return { orgId: run.orgId, workspace: run.workspace }
}
