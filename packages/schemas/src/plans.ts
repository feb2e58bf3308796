import * as z from 'zod/mini'

export const PLAN_IDS = ['STARTER', 'PROFESSIONAL', 'SCALE'] as const
export const planIdSchema = z.enum(PLAN_IDS)
export type PlanId = z.infer<typeof planIdSchema>

export interface Plan {
  id: PlanId
  name: string
  summary: string
  /** Price per month, in the smallest unit of `currency`. */
  amount: number
  currency: 'usd'
  limits: { runsPerDay: number; runsPerMonth: number; runsAtOnce: number }
}

export const PLANS: Record<PlanId, Plan> = {
  STARTER: {
    id: 'STARTER',
    name: 'Starter',
    summary: 'For a first team that wants to see its costs.',
    amount: 4900,
    currency: 'usd',
    limits: { runsPerDay: 10, runsPerMonth: 300, runsAtOnce: 2 },
  },
  PROFESSIONAL: {
    id: 'PROFESSIONAL',
    name: 'Professional',
    summary: 'For companies that run pipelines every day.',
    amount: 14_900,
    currency: 'usd',
    limits: { runsPerDay: 25, runsPerMonth: 750, runsAtOnce: 5 },
  },
  SCALE: {
    id: 'SCALE',
    name: 'Scale',
    summary: 'For many teams, many providers and many runs at once.',
    amount: 49_900,
    currency: 'usd',
    limits: { runsPerDay: 100, runsPerMonth: 3000, runsAtOnce: 20 },
  },
}
