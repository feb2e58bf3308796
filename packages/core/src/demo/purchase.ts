import type { checkouts, slugReservations, telemetryEvents } from '@gangway/db/schema'
import type { PlanId } from '@gangway/schemas/plans'
import type { FactName, TelemetryProps } from '@gangway/schemas/telemetry'
import { CHECKOUT_MS } from '../checkout/create-checkout.ts'
import { factId } from '../telemetry/record-fact.ts'
import type { Dice } from './dice.ts'
import type { Person } from './person.ts'
import { type Fate, LONGEST_MS, tellRun, type ToldRun } from './tell-run.ts'

const MINUTE_MS = 60 * 1000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const PLANS: readonly (readonly [PlanId, number])[] = [
  ['STARTER', 55],
  ['PROFESSIONAL', 33],
  ['SCALE', 12],
]

export interface ToldPurchase {
  checkout: typeof checkouts.$inferInsert
  /** What holds the name of an organization that does not exist yet. */
  reservation?: typeof slugReservations.$inferInsert
  told?: ToldRun
  events: (typeof telemetryEvents.$inferInsert)[]
}

interface Buyer {
  person: Person
  session: { id: string; variant: string }
  /** When they have come to the plans. */
  at: number
  until: number
}

/** From the choice of a plan to the first value that somebody gets, as far as they come before `until`. */
export function tellPurchase(dice: Dice, { person, session, at, until }: Buyer): ToldPurchase {
  const [id, plan] = [dice.uuid(), dice.weighted(PLANS)]
  const checkoutSessionId = `cs_demo_${dice.hex(24)}`
  const [createdAt, expiresAt] = [new Date(at), new Date(at + CHECKOUT_MS)]
  const events: ToldPurchase['events'] = []

  function record<Name extends FactName>(name: Name, of: string, { time, props }: { time: number; props: TelemetryProps[Name] }) {
    const fact = { id: factId(name, of), userId: person.id, sessionId: session.id, name, step: null, variant: session.variant }
    if (time < until) events.push({ ...fact, at: new Date(time), props })
  }

  record('checkout_started', id, { time: at, props: { plan } })
  const checkout = {
    id,
    userId: person.id,
    checkoutSessionId,
    plan,
    slug: person.slug,
    companyName: person.company,
    createdAt,
    expiresAt,
  }
  const reservation = { slug: person.slug, userId: person.id, checkoutId: id, expiresAt }
  const paidAt = at + dice.spread(100 * 1000)
  // A run is told to its end: one that is not over at the end of the days is left out.
  if (!dice.chance(0.87) || paidAt > until - MINUTE_MS) return { checkout, reservation, events }

  const told = tellRun(dice, { person, checkout: { checkoutSessionId, plan, at: paidAt }, fate: fateOf(dice, until - paidAt) })
  const { run, organization } = told
  if (run.state === 'succeeded' && run.finishedAt && organization?.id) {
    const doneAt = run.finishedAt.getTime()
    record('provisioned', run.id, { time: doneAt, props: { plan } })
    const revealedAt = doneAt + dice.spread(9000)
    if (told.reveal && dice.chance(0.94) && revealedAt < until) {
      record('key_revealed', told.reveal.apiKeyId, { time: revealedAt, props: {} })
      const savedAt = dice.chance(0.9) ? new Date(revealedAt + dice.spread(14_000)) : null
      told.reveal = { ...told.reveal, revealedAt: new Date(revealedAt), savedAt }
    }
    const provider = dice.weighted([
      ['openai', 6],
      ['anthropic', 3],
      ['gemini', 2],
    ])
    if (dice.chance(0.61))
      record('first_value', organization.id, { time: doneAt + dice.spread(7 * HOUR_MS, 1.5), props: { provider } })
  }
  return { checkout, ...(!organization && { reservation }), told, events }
}

/**
 * Payments clear within days and pending syncs within hours, so those that wait are young. Staff are told by mail of what
 * failed within a day: nobody is to be told of what is made up.
 */
function fateOf(dice: Dice, ageMs: number): Fate {
  const luck = dice.share()
  if (luck < 0.006) return 'customer'
  if (ageMs > LONGEST_MS) {
    if (luck < 0.011) return 'permanent'
    if (luck < 0.013) return 'cancelled'
    if (luck < 0.019) return 'rolled_back'
  } else if (luck < 0.014) return 'unsynced'
  if (ageMs < 4 * DAY_MS && luck > 0.985) return 'awaiting'
  return 'onboarded'
}
