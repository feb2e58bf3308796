import * as z from 'zod/mini'
import { planIdSchema } from './plans.ts'
import { checkoutSessionIdSchema } from './provisioning.ts'
import { slugSchema } from './slug.ts'

export const createCheckoutInputSchema = z.object({
  plan: planIdSchema,
  slug: slugSchema,
  companyName: z
    .string()
    .check(z.trim(), z.minLength(1, 'Enter the name of your company.'), z.maxLength(120, 'Use at most 120 characters.')),
})
export type CreateCheckoutInput = z.infer<typeof createCheckoutInputSchema>

export const createdCheckoutSchema = z.object({
  checkoutSessionId: z.string(),
  /** Where the browser goes to pay. */
  url: z.url(),
  expiresAt: z.date(),
})

/** How the sandbox plays the payment. */
export const SANDBOX_PAYMENTS = ['succeeds', 'declined', 'clears_later'] as const
export const sandboxPaymentSchema = z.enum(SANDBOX_PAYMENTS)

/** How the sandbox plays its webhook. */
export const SANDBOX_DELIVERIES = ['once', 'late', 'twice', 'never'] as const
export const sandboxDeliverySchema = z.enum(SANDBOX_DELIVERIES)

export const sandboxCheckoutSchema = z.object({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  plan: planIdSchema,
  companyName: z.string(),
  /** Smallest unit of `currency`. */
  amount: z.int(),
  currency: z.string(),
  successUrl: z.url(),
  cancelUrl: z.url(),
})
export type SandboxCheckout = z.infer<typeof sandboxCheckoutSchema>

export const paySandboxCheckoutInputSchema = z.object({
  checkoutSessionId: checkoutSessionIdSchema,
  payment: sandboxPaymentSchema,
  delivery: sandboxDeliverySchema,
})
export type PaySandboxCheckoutInput = z.infer<typeof paySandboxCheckoutInputSchema>
