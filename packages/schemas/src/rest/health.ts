import { z } from 'zod'

export const liveSchema = z.object({ status: z.literal('live') }).meta({ id: 'Live' })

const check = z.enum(['ok', 'failed'])

export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    checks: z.object({ database: check, migrations: check, queue: check }),
  })
  .meta({ id: 'Readiness' })
export type Readiness = z.infer<typeof readinessSchema>
