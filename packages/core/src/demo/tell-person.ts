import type { users } from '@gangway/db/schema'
import { stepsOfVariant, variantOf } from '../questionnaire/variants.ts'
import { signUpTime, type Span } from './calendar.ts'
import { Dice } from './dice.ts'
import { inventPerson } from './person.ts'
import { tellPurchase, type ToldPurchase } from './purchase.ts'
import { DEMO_QUESTIONS } from './questions.ts'
import { tellVisit, type ToldVisit } from './tell-visit.ts'
import { visit } from './visit.ts'

const MINUTE_MS = 60 * 1000
/** Of those who have answered everything, and of those who have not. */
const GOES_ON = { completed: 0.64, open: 0.11 } as const

export interface ToldPerson {
  user: typeof users.$inferInsert
  visit?: ToldVisit
  purchase?: ToldPurchase
}

export interface Telling {
  seed: string
  code: string
  span: Span
}

/**
 * The `n`th person of a batch, with all that they have done up to now: the same each time it is told. Made again
 * another day, they do the same at other times.
 */
export function tellPerson({ seed, code, span }: Telling, n: number): ToldPerson {
  const dice = new Dice(`${seed}:${n}`)
  const person = inventPerson(dice, { code, n })
  const { id, name, email } = person
  // By dice of its own: how often these are thrown goes by the time of day, and what somebody does is not to go by it.
  const signedUpAt = signUpTime(new Dice(`${seed}:${n}:signed up`), span, person.hours)
  const createdAt = new Date(signedUpAt)
  const user = { id, name, email, emailVerified: true, image: null, role: 'customer', createdAt, updatedAt: createdAt } as const
  const { until } = span
  const steps = stepsOfVariant(DEMO_QUESTIONS, variantOf(DEMO_QUESTIONS, id))
  const acts = visit(dice, person, { steps, from: signedUpAt + dice.spread(25_000) }).filter((act) => act.at < until)
  if (acts.length === 0) return { user }
  const told = tellVisit(dice, { userId: id, manifest: DEMO_QUESTIONS, acts })
  const { session } = told
  const isCompleted = session.status === 'completed'
  const at = (acts.at(-1)?.at ?? signedUpAt) + dice.spread(2 * MINUTE_MS, 1.3)
  if (at >= until || !dice.chance(isCompleted ? GOES_ON.completed : GOES_ON.open)) return { user, visit: told }
  return { user, visit: told, purchase: tellPurchase(dice, { person, session, at, until }) }
}
