import { describe, expect, it } from 'vitest'
import { memoryWarehouse, silentLog, testClock } from '../testing/index.ts'
import { ensureMetaTables } from './ensure-meta-tables.ts'
import { META_TABLES } from './meta-tables.ts'
import { watchBootstrap } from './watch.ts'

function arrange() {
  const clock = testClock({ autoUpToMs: 1000 })
  return { clock, log: silentLog(), warehouse: memoryWarehouse({ clock }) }
}

describe('watchBootstrap', () => {
  it('tells how far a bootstrap is, whoever runs it, and ends with it', async () => {
    const ctx = arrange()
    const seen: number[] = []
    for await (const status of watchBootstrap(ctx, { signal: new AbortController().signal })) {
      seen.push(status.tables_present)
      await ensureMetaTables(ctx, { tables: META_TABLES.slice(0, seen.length * 7) })
    }
    expect(seen).toEqual([0, 7, 14, 21])
  })

  it('says nothing twice, and ends when nobody listens any more', async () => {
    const ctx = arrange()
    const over = new AbortController()
    const ending = ctx.clock.sleep(5000).then(() => over.abort())
    const seen: string[] = []
    const watching = (async () => {
      for await (const { status } of watchBootstrap(ctx, { signal: over.signal })) seen.push(status)
    })()
    await Promise.all([watching, ending])
    expect(seen).toEqual(['NOT_SYNCED'])
  })
})
