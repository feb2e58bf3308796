import type { Checkout, Subscription } from '@gangway/core/ports'
import type { sandboxCheckouts } from '@gangway/db/schema'

export type SandboxRow = typeof sandboxCheckouts.$inferSelect

export const ID_PREFIX = 'cs_sandbox_'
export const SUBSCRIPTION_PREFIX = 'sub_sandbox_'

/** Nothing writes a row because time has passed: what it means now follows from its times. */
export function checkoutAt(row: SandboxRow, now: Date): Checkout {
  const { id, userId, plan, slug, companyName } = row
  const status = statusAt(row, now)
  return {
    checkoutSessionId: id,
    status,
    paymentStatus: isPaidAt(row, now) ? 'paid' : 'unpaid',
    ...{ userId, plan, slug, companyName },
    subscriptionId: status === 'complete' ? id.replace(ID_PREFIX, SUBSCRIPTION_PREFIX) : null,
  }
}

/** Null while nobody has paid or is about to. What was given back is cancelled. */
export function subscriptionAt(row: SandboxRow, now: Date): Subscription | null {
  const { subscriptionId, plan } = checkoutAt(row, now)
  if (subscriptionId === null) return null
  const status = row.refundedAt ? 'cancelled' : isPaidAt(row, now) ? 'active' : 'past_due'
  return { subscriptionId, status, plan }
}

export function statusAt({ status, expiresAt }: SandboxRow, now: Date): SandboxRow['status'] {
  return status === 'open' && expiresAt <= now ? 'expired' : status
}

export function isPaidAt({ paymentStatus, clearsAt }: SandboxRow, now: Date): boolean {
  return paymentStatus === 'paid' || (clearsAt !== null && clearsAt <= now)
}
