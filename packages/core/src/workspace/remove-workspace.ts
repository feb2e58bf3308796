import type { Warehouse } from '../ports/warehouse.ts'
import type { Workspace } from './set-up-workspace.ts'

/** Deletes what a run made; does nothing when it is gone. Throws DATASET_CONFLICT when the dataset is another run's. */
export async function removeWorkspace(ctx: { warehouse: Warehouse }, { dataset, orgSlug, runId }: Workspace): Promise<void> {
  await ctx.warehouse.deleteDataset(dataset, { org: orgSlug, run: runId })
}
