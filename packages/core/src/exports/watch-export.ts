import type { ExportView } from '@gangway/schemas/exports'
import type { BaseContext } from '../context.ts'
import { findExport } from './export-row.ts'

const LOOK_EVERY_MS = 500

/** An export as it is, and again whenever it has come further, until it is over. Throws NOT_FOUND. */
export async function* watchExport(
  ctx: BaseContext,
  { exportId, signal }: { exportId: string; signal: AbortSignal },
): AsyncGenerator<ExportView, void> {
  let shown: string | undefined
  while (!signal.aborted) {
    const view = await findExport(ctx, exportId)
    const text = JSON.stringify(view)
    if (text !== shown) yield view
    shown = text
    if (view.state !== 'queued' && view.state !== 'running') return
    await ctx.clock.sleep(LOOK_EVERY_MS, signal)
  }
}
