import { bootstrapStatus } from '../../bootstrap/index.ts'
import { GangwayError } from '../../errors/index.ts'
import { removeWorkspace, setUpWorkspace } from '../../workspace/index.ts'
import { created } from './created.ts'
import type { Stage } from './stage.ts'

export const setUpWorkspaceStage: Stage = {
  id: 'set_up_workspace',
  async run(ctx, { run }) {
    const { workspace } = created(run)
    const { status } = await bootstrapStatus(ctx)
    if (status !== 'SYNCED') throw new GangwayError('SYSTEM_NOT_READY', { details: { bootstrap: status } })
    const { tables } = await setUpWorkspace(ctx, { dataset: workspace, orgSlug: run.slug, runId: run.id })
    return { kind: 'completed', detail: { dataset: workspace, tables } }
  },
  async undo(ctx, { id, slug, workspace }) {
    if (workspace === null) return { detail: {} }
    await removeWorkspace(ctx, { dataset: workspace, orgSlug: slug, runId: id })
    return { detail: { dataset: workspace } }
  },
}
