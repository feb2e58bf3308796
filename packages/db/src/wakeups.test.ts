import { afterAll, describe, expect, it } from 'vitest'
import { openSql } from './client.ts'
import { testDatabase } from './testing/database.ts'
import { openWakeups, type Wakeups } from './wakeups.ts'

const database = await testDatabase()
const open: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of open) await close()
})

/** One process's end of the line. */
async function newProcess(name: string): Promise<Wakeups> {
  const sql = openSql({ url: database.urls.app, name })
  const wakeups = await openWakeups(sql)
  open.push(async () => {
    await wakeups.close()
    await sql.end({ timeout: 1 })
  })
  return wakeups
}

describe('wake-ups', () => {
  it('reach the streams of another process, and those of that run alone', async () => {
    const [writer, reader] = [await newProcess('writer'), await newProcess('reader')]
    const woken: string[] = []
    const unsubscribe = reader.subscribe('run-1', () => woken.push('run-1'))
    reader.subscribe('run-2', () => woken.push('run-2'))
    writer.wake('run-1')
    await expect.poll(() => woken).toEqual(['run-1'])
    unsubscribe()
    writer.wake('run-1')
    writer.wake('run-2')
    await expect.poll(() => woken).toEqual(['run-1', 'run-2'])
  })

  it('are sent together: a thousand cost a handful of notifications', async () => {
    const [writer, reader] = [await newProcess('writer'), await newProcess('reader')]
    const woken = new Set<string>()
    const ids = Array.from({ length: 1000 }, () => crypto.randomUUID())
    for (const id of ids) reader.subscribe(id, () => woken.add(id))
    let notified = 0
    const listener = openSql({ url: database.urls.app, name: 'counter' })
    open.push(() => listener.end({ timeout: 1 }))
    await listener.listen('gangway_runs', () => (notified += 1))
    for (const id of ids) writer.wake(id)
    await expect.poll(() => woken.size).toBe(1000)
    expect(notified).toBeLessThanOrEqual(10)
  })

  it('come again after the listener lost its connection, and everybody looks once in case of a miss', async () => {
    const [writer, reader] = [await newProcess('writer'), await newProcess('cut-reader')]
    let woken = 0
    reader.subscribe('run-3', () => (woken += 1))
    await database.sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cut-reader'`
    await expect.poll(() => woken, { timeout: 10_000 }).toBe(1)
    writer.wake('run-3')
    await expect.poll(() => woken).toBe(2)
  })
})
