import { testDatabase } from '@gangway/db/testing'
import { type Funnel, MILESTONES } from '@gangway/schemas/funnel'
import { TELEMETRY_NAMES } from '@gangway/schemas/telemetry'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recountFunnel, type ToldEvent } from '../testing/funnel.ts'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { funnelCohorts } from './cohorts.ts'
import { getFunnel } from './get-funnel.ts'
import { funnelVariants } from './variants.ts'

const { db, sql } = await testDatabase()
const NOW = Date.parse('2026-03-10T12:00:00Z')
const ctx = { db, clock: testClock({ start: new Date(NOW) }), ids: seededIds('funnel'), log: silentLog() }
const users = await Promise.all(Array.from({ length: 6 }, async () => (await newUser(db)).id))
const HOUR_MS = 3_600_000
const STEPS = ['profile', 'work', 'tools', 'workspace']
/** What a person began with, by their place among `users`. */
const variantOf = (userId: string) => (users.indexOf(userId) % 2 === 0 ? 'control' : 'short')

const told: fc.Arbitrary<Omit<ToldEvent, 'at'> & { hoursAgo: number }> = fc
  .record({
    userId: fc.constantFrom(...users),
    name: fc.constantFrom(...TELEMETRY_NAMES),
    step: fc.constantFrom(...STEPS),
    hoursAgo: fc.nat(70),
    elapsedMs: fc.nat(90_000),
  })
  .map((event) => ({ ...event, step: MILESTONES.some((milestone) => milestone === event.name) ? null : event.step }))

/** No two at the same time: which of them was first, nobody could say. */
const stream: fc.Arbitrary<ToldEvent[]> = fc
  .array(told, { maxLength: 60 })
  .map((events) => events.map(({ hoursAgo, ...event }, index) => ({ ...event, at: NOW - hoursAgo * HOUR_MS - index * 977 })))

/** In whatever order, in batches, and some of them twice. */
const deliveries = stream.chain((events) =>
  fc.record({
    events: fc.constant(events),
    order: fc.shuffledSubarray(events, { minLength: events.length }),
    repeated: fc.subarray(events),
    batch: fc.integer({ min: 1, max: 25 }),
  }),
)

const ids = new WeakMap<ToldEvent, string>()

async function deliver(events: readonly ToldEvent[]): Promise<void> {
  const rows = events.map((event) => {
    const id = ids.get(event) ?? crypto.randomUUID()
    ids.set(event, id)
    const { userId, elapsedMs, name, step, at } = event
    return { id, user_id: userId, name, step, at: new Date(at), variant: variantOf(userId), props: sql.json({ elapsedMs }) }
  })
  if (rows.length > 0) await sql`insert into telemetry_events ${sql(rows)} on conflict (id, at) do nothing`
}

const untitled = ({ steps, ...funnel }: Funnel) => ({ ...funnel, steps: steps.map(({ title: _title, ...step }) => step) })

it('is what a recount of the events says, in whatever order and however often they come', async () => {
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ events, order, repeated, batch }) => {
      await sql`truncate telemetry_events, funnel_people, funnel_steps`
      const sent = [...order, ...repeated]
      for (let from = 0; from < sent.length; from += batch) await deliver(sent.slice(from, from + batch))

      const found = untitled(await getFunnel(ctx, { filter: {} }))
      expect(found).toEqual(recountFunnel(events, { now: NOW }))
      const stops = [...found.steps, ...found.milestones].flatMap(({ stopped }) => Object.values(stopped))
      const [started, value] = [found.milestones[0]?.people ?? 0, found.milestones.at(-1)?.people ?? 0]
      expect(stops.reduce((sum, people) => sum + people, 0)).toBe(started - value)

      for (const { key, people, steps, timeToFirstValue } of await funnelVariants(ctx, { filter: {} })) {
        const own = recountFunnel(
          events.filter(({ userId }) => variantOf(userId) === key),
          { now: NOW },
        )
        expect(people).toEqual(Object.fromEntries(own.milestones.map((row) => [row.milestone, row.people])))
        expect(timeToFirstValue).toEqual(own.timeToFirstValue)
        expect(steps.map(({ step, viewed, completed, time }) => ({ step, viewed, completed, time }))).toEqual(
          own.steps.map(({ step, viewed, completed, time }) => ({ step, viewed, completed, time })),
        )
      }

      const byDay = Map.groupBy(new Set(events.map(({ userId }) => userId)), (userId) =>
        new Date(Math.min(...events.filter((event) => event.userId === userId).map(({ at }) => at))).toISOString().slice(0, 10),
      )
      const days = [...byDay].map(([day, { length }]) => [day, length])
      const cohorts = await funnelCohorts(ctx, { filter: {}, by: 'day', timeZone: 'UTC' })
      expect(cohorts.map(({ key, people }) => [key, people.started])).toEqual(days.toSorted().toReversed())
    }),
    { numRuns: 60 },
  )
})
