import { onboardingStageEvents } from '@gangway/db/schema'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import type { ProvisioningContext } from '../../context.ts'
import { assertChecksPass } from '../../dry-run/index.ts'
import { datasetName, removeWorkspace, setUpWorkspace } from '../../workspace/index.ts'
import { runById } from '../find-run.ts'
import type { Owner } from '../owner.ts'
import type { Run } from '../run-row.ts'
import { created } from './created.ts'
import type { Stage } from './stage.ts'

/**
 * Once this stage is taken back, the run never uses that dataset again: whoever sleeps with the deletion in hand can wake
 * at any time and does no harm.
 */
export const setUpWorkspaceStage: Stage = {
  id: 'set_up_workspace',
  async run(ctx, { run, owner }) {
    const { workspace } = created(run)
    await repeatChecks(ctx, run, owner)
    await removeGivenUp(ctx, run)
    const { tables } = await setUpWorkspace(ctx, { dataset: workspace, orgSlug: run.slug, runId: run.id })
    return { kind: 'completed', detail: { dataset: workspace, tables } }
  },
  async leave(ctx, run) {
    const { workspace } = await runById(ctx, run.id)
    // A run never comes back to a name that it has left.
    if (run.workspace !== null && workspace !== run.workspace) await remove(ctx, run, run.workspace)
  },
  undo: {
    async outside(ctx, run) {
      await removeGivenUp(ctx, run)
      if (run.workspace !== null) await remove(ctx, run, run.workspace)
    },
    inside(ctx, { orgId, slug, workspace: dataset }) {
      if (dataset === null || orgId === null) return { detail: {} }
      const workspace = datasetName(ctx, slug)
      return { detail: { dataset, slug }, patch: { workspace }, effects: { moved: { orgId, workspace } } }
    },
  },
}

function remove(ctx: ProvisioningContext, run: Run, dataset: string): Promise<void> {
  return removeWorkspace(ctx, { dataset, orgSlug: run.slug, runId: run.id })
}

/** The world may have changed since the dry run; what this run has made itself is no conflict. */
async function repeatChecks(ctx: ProvisioningContext, run: Run, { email }: Owner): Promise<void> {
  const { id, slug, companyName, plan } = run
  await assertChecksPass(ctx, { tenantId: slug, companyName, adminEmail: email, plan, runId: id, orgId: created(run).orgId })
}

/** A run that came straight to this stage has so many entries in its journal, and has given nothing up. */
const STRAIGHT = 5
const givenUpSchema = z.object({ dataset: z.string(), slug: z.string() })

/** Deletes the datasets that the journal says were taken back: the deletion itself may not have happened. */
async function removeGivenUp(ctx: ProvisioningContext, run: Run): Promise<void> {
  if (run.lastSeq <= STRAIGHT) return
  const { runId, stage, status, detail } = onboardingStageEvents
  const undone = and(eq(runId, run.id), eq(stage, 'set_up_workspace'), eq(status, 'undone'))
  for (const row of await ctx.db.select({ detail }).from(onboardingStageEvents).where(undone)) {
    const { data } = givenUpSchema.safeParse(row.detail)
    if (data) await removeWorkspace(ctx, { dataset: data.dataset, orgSlug: data.slug, runId: run.id })
  }
}
