import { expect, it } from 'vitest'
import { spanOf } from './calendar.ts'
import { tellPerson } from './tell-person.ts'

const told = (until: string) => {
  const span = spanOf({ until: new Date(until), days: 90 })
  return Array.from({ length: 200 }, (_, n) => tellPerson({ seed: 'twice', code: 'abcde', span }, n))
}

it('tells of the same people at another hour of another day, and of nothing that has not happened yet', () => {
  const until = ['2026-05-30T12:00:00Z', '2026-11-21T03:17:00Z'] as const
  const [one, other] = [told(until[0]), told(until[1])]
  const deeds = ({ visit, purchase }: (typeof one)[number]) => ({
    ...{ status: visit?.session.status, variant: visit?.session.variant, answers: visit?.session.answers },
    ...{ plan: purchase?.checkout.plan, run: purchase?.told?.run.state },
  })
  // Whoever has not come to the end yet is told of as far as they have.
  const differing = one.filter((person, n) => JSON.stringify(deeds(person)) !== JSON.stringify(deeds(other[n] ?? person)))
  expect(differing.length).toBeLessThan(10)
  expect(one.map(({ user }) => user.createdAt)).not.toEqual(other.map(({ user }) => user.createdAt))
  for (const [index, people] of [one, other].entries()) {
    const times = people.flatMap(({ visit, purchase }) =>
      [...(visit?.events ?? []), ...(purchase?.events ?? [])].map(({ at }) => at),
    )
    expect(times.length).toBeGreaterThan(1000)
    expect(Math.max(...times.map((at) => at?.getTime() ?? 0))).toBeLessThan(Date.parse(until[index] ?? ''))
  }
})
