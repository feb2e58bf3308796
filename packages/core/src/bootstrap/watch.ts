import type { BootstrapStatus } from '@gangway/schemas/bootstrap'
import type { BootstrapContext } from '../context.ts'
import { bootstrapStatus } from './status.ts'

const LOOK_EVERY_MS = 1000

/**
 * How a bootstrap gets on, whichever process runs it: the status at once and whenever it changes, until the warehouse is
 * SYNCED or the signal is aborted. Only looks. Throws what the warehouse throws.
 */
export async function* watchBootstrap(
  ctx: Pick<BootstrapContext, 'warehouse' | 'clock'>,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<BootstrapStatus> {
  let said = ''
  while (!signal.aborted) {
    const status = await bootstrapStatus(ctx, { maxAgeMs: 0 })
    const text = JSON.stringify(status)
    if (text !== said) yield status
    if (status.status === 'SYNCED') return
    said = text
    await ctx.clock.sleep(LOOK_EVERY_MS, signal)
  }
}
