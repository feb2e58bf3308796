import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { memoryWakeups, silentLog, testClock } from '../testing/index.ts'
import { newWorld } from '../testing/world.ts'
import { fulfil } from './fulfil.ts'
import { createJournalFeed } from './journal-feed.ts'

const database = await testDatabase()

/** A feed whose poll never comes; `asked` has the number of runs in each question. */
function countedFeed() {
  const asked: number[] = []
  const client = new Proxy(database.db.$client, {
    get: (target, property) => {
      if (property !== 'unsafe') return Reflect.get(target, property)
      return (statement: string, [runs]: [string], options: object) => {
        asked.push(JSON.parse(runs).length)
        return target.unsafe(statement, [runs], options)
      }
    },
  })
  const db = new Proxy(database.db, {
    get: (target, property) => (property === '$client' ? client : Reflect.get(target, property)),
  })
  const wakeups = memoryWakeups()
  const feed = createJournalFeed({ db, clock: testClock({ start: new Date() }), log: silentLog(), wakeups })
  return { feed, wakeups, asked }
}

async function finishedRun() {
  const { ctx, paidCheckout } = await newWorld(database)
  const { run, settled } = await fulfil(ctx, { checkoutSessionId: await paidCheckout() })
  await settled
  return run.id
}

describe('the journal feed', () => {
  it('asks once for all who ask at one time, and for each run once', async () => {
    const { feed, asked } = countedFeed()
    const runs = await Promise.all([finishedRun(), finishedRun()])
    const readers = runs.flatMap((runId) => [0, 4, 9].map((seq) => feed.follow(runId, seq)))
    const answers = await Promise.all(readers.map((reader) => reader.next()))
    expect(answers.map((events) => events.length)).toEqual([10, 6, 1, 10, 6, 1])
    expect(asked).toEqual([2])
    for (const reader of readers) reader.close()
  })

  it('reads nothing for a stream whose client does not read, however often its run moves on', async () => {
    const { feed, wakeups, asked } = countedFeed()
    const runId = await finishedRun()
    const reader = feed.follow(runId, 0)
    for (let ring = 0; ring < 100; ring++) wakeups.wake(runId)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked).toEqual([])
    expect(await reader.next()).toHaveLength(10)
    expect(asked).toEqual([1])
    reader.close()
  })

  it('race: a wake-up that comes while the journal is being read is not lost', async () => {
    const { feed, wakeups } = countedFeed()
    const { ctx, paidCheckout } = await newWorld(database)
    const checkoutSessionId = await paidCheckout()
    const { run, settled } = await fulfil({ ...ctx, wakeups }, { checkoutSessionId })
    const reader = feed.follow(run.id, 0)
    const seen: number[] = []
    while (seen.at(-1) !== 10) seen.push(...(await reader.next()).map(({ seq }) => seq))
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    await settled
    reader.close()
  })

  it('answers nothing once it is closed, also to who waits', async () => {
    const { feed } = countedFeed()
    const reader = feed.follow(await finishedRun(), 10)
    const waiting = reader.next()
    reader.close()
    expect([await waiting, await reader.next()]).toEqual([[], []])
  })

  it('bears a database that does not answer: the next look finds what there is', async () => {
    const clock = testClock({ start: new Date() })
    const log = silentLog()
    let broken = true
    const client = new Proxy(database.db.$client, {
      get: (target, property) => {
        if (property === 'unsafe' && broken) return () => Promise.reject(new Error('no database'))
        return Reflect.get(target, property)
      },
    })
    const db = new Proxy(database.db, {
      get: (target, property) => (property === '$client' ? client : Reflect.get(target, property)),
    })
    const reader = createJournalFeed({ db, clock, log, wakeups: memoryWakeups() }).follow(await finishedRun(), 0)
    const waiting = reader.next()
    await expect.poll(() => log.entries.length).toBe(1)
    broken = false
    let isAnswered = false
    void waiting.then(() => (isAnswered = true))
    while (!isAnswered) await clock.advance(100)
    expect(await waiting).toHaveLength(10)
    reader.close()
  })
})
