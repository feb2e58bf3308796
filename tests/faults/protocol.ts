import { stageIdSchema } from '@gangway/schemas/provisioning'
import { z } from 'zod'

/** What a child is told when it starts, as JSON. */
export const planSchema = z.object({
  ownerUrl: z.string(),
  rootKey: z.string(),
  holder: z.string(),
  logFile: z.string(),
  lockTtlMs: z.number(),
  /** Pauses last this many times as long as they would: 0.1 makes of a second a tenth. */
  pace: z.number(),
  /** How far off this process's clock is. */
  clockOffsetMs: z.number(),
})
export type Plan = z.infer<typeof planSchema>

/** What happens at the `nth` time that a named point is reached: the process dies, stops, or its clock jumps. */
const stopSchema = z.object({
  point: z.string(),
  nth: z.number(),
  how: z.enum(['kill', 'freeze', 'jump']),
  jumpMs: z.number().default(0),
})
export type Stop = z.output<typeof stopSchema>

/** The next `times` times that a named point is reached, it fails; with `after`, the work before it is done all the same. */
const faultSchema = z.object({ point: z.string(), times: z.number(), kind: z.enum(['transient', 'permanent']) })
export type Fault = z.infer<typeof faultSchema>

/** A line on the child's stdin. Each is answered by one line on its stdout, unless the child is gone by then. */
export const commandSchema = z.discriminatedUnion('do', [
  /** Stops and faults from here on; earlier ones are forgotten, and the count of points begins anew. */
  z.object({ do: z.literal('arm'), stop: stopSchema.optional(), faults: z.array(faultSchema).default([]) }),
  /** Every point that was reached since, with how often. */
  z.object({ do: z.literal('points') }),
  /** Calls `fulfil` so often for each checkout, all at once, and waits until this process has no more to do. */
  z.object({ do: z.literal('fulfil'), checkouts: z.array(z.string()), callers: z.number().default(1) }),
  /** Sweeps until every one of these runs has ended. Answers those that have not in time. */
  z.object({ do: z.literal('finish'), checkouts: z.array(z.string()), withinMs: z.number().default(30_000) }),
  z.object({ do: z.literal('sweep') }),
  /** The clock of the child jumps, now. */
  z.object({ do: z.literal('jump'), ms: z.number() }),
  /** Takes a failed run back to a stage, as an admin does. */
  z.object({ do: z.literal('retryFrom'), checkout: z.string(), stage: stageIdSchema }),
  /** Cancels a failed run and rolls it back, as an admin does, wherever the last one who did so was cut off. */
  z.object({ do: z.literal('rollBack'), checkout: z.string() }),
  /** An operator onboards a tenant; the answer is its business key. */
  z.object({ do: z.literal('onboard'), tenantId: z.string(), email: z.string() }),
  /** Signed webhooks, in this order, so many at once; then the jobs that they have left, each twice. */
  z.object({
    do: z.literal('webhooks'),
    events: z.array(z.object({ id: z.string(), type: z.string(), checkout: z.string() })),
    atOnce: z.number(),
  }),
])
export type Command = z.input<typeof commandSchema>

export const answerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('stopping'), point: z.string() }),
  z.object({ kind: z.literal('done'), value: z.unknown().optional() }),
  z.object({ kind: z.literal('failed'), error: z.string() }),
])
export type Answer = z.infer<typeof answerSchema>
