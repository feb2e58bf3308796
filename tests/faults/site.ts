import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { bootstrap } from '@gangway/core/bootstrap'
import { openSql } from '@gangway/db/client'
import { type Child, startChild } from './child.ts'
import { compose } from './compose.ts'
import { newUserId } from './deeds.ts'
import type { Plan } from './protocol.ts'
import type { Random } from './random.ts'
import { type Expected, findLosses } from './losses.ts'

/** Where the suite works: a migrated database of the product's. */
export interface Place {
  ownerUrl: string
  superuserUrl: string
  rootKey: string
  /** For the logs of the children. */
  folder: string
}

export type SuperuserSql = ReturnType<typeof openSql>

export interface NewCheckouts {
  payment?: 'succeeds' | 'clears_later'
}

/** The set-up that scenarios share: customers who have paid, processes that onboard them, and a look at what came of it. */
export interface Site {
  place: Place
  sql: SuperuserSql
  random: Random
  child(options?: Partial<Plan>): Promise<Child>
  newCheckouts(count: number, options?: NewCheckouts): Promise<string[]>
  /** A slug that nobody else has. */
  newSlug(): string
  /** What is wrong, in lines; none when all is as it should be. */
  losses(checkouts: string[], expected?: Expected): Promise<string[]>
  close(): Promise<void>
}

/** Long enough for a process that is alive, short enough to wait for one that is not. */
const LOCK_TTL_MS = 600

export async function openSite(place: Place, random: Random): Promise<Site> {
  const sql = openSql({ url: place.superuserUrl, name: 'faults-look', max: 4 })
  const plan = (options: Partial<Plan> = {}): Plan => ({
    ...{ ownerUrl: place.ownerUrl, rootKey: place.rootKey, lockTtlMs: LOCK_TTL_MS, pace: 0.1, clockOffsetMs: 0 },
    holder: `faults-${count++}`,
    logFile: path.join(place.folder, 'children.log'),
    ...options,
  })
  let count = 0
  const { ctx, sandbox, close } = await compose(plan())
  await bootstrap(ctx)
  const children = new Set<Child>()
  // Slugs of one round are not those of another on the same database.
  const prefix = `f${randomBytes(3).toString('hex')}`
  let slugs = 0
  const newSlug = () => `${prefix}x${(slugs++).toString(36)}`

  async function newCheckout(userId: string, payment: 'succeeds' | 'clears_later'): Promise<string> {
    const slug = newSlug()
    const { checkoutSessionId } = await ctx.billing.createCheckout({
      ...{
        idempotencyKey: `${slug} checkout`,
        userId,
        email: `${slug}@example.com`,
        plan: 'STARTER',
        slug,
        companyName: 'Acme Corp',
      },
      ...{ successUrl: 'https://app.example/s', cancelUrl: 'https://app.example/c' },
    })
    await sandbox.paySandboxCheckout({ checkoutSessionId, payment, delivery: 'never' })
    return checkoutSessionId
  }

  return {
    ...{ place, sql, random, newSlug },
    async child(options) {
      const child = await startChild(plan(options))
      children.add(child)
      return child
    },
    async newCheckouts(wanted, { payment = 'succeeds' } = {}) {
      const userId = await newUserId(ctx, `${newSlug()}@example.com`)
      return Promise.all(Array.from({ length: wanted }, () => newCheckout(userId, payment)))
    },
    losses: (checkouts, expected = 'onboarded') => findLosses(sql, checkouts, expected),
    async close() {
      await Promise.all([...children].map((child) => child.end('kill')))
      await Promise.all([close(), sql.end({ timeout: 2 })])
    },
  }
}
