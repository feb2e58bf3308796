import { z } from 'zod'
import { PLAN_IDS } from './plans.ts'

/** In one request. So many ordinary events stay below the 64 KB that a browser sends on leaving. */
export const TELEMETRY_BATCH = 50

const count = z.number().int().min(0).max(100_000)
const elapsedMs = z
  .number()
  .int()
  .min(0)
  .max(30 * 24 * 60 * 60 * 1000)
const step = z.string().regex(/^[a-zA-Z][\w-]{0,39}$/)
/** A field's or an error's name. What somebody has answered is never one. */
const name = z.string().regex(/^[\w.-]{1,80}$/)

/** What the browser tells. Props are names, counts and times only. */
const PROPS_OF_BROWSER = {
  step_viewed: z.strictObject({}),
  /** `elapsedMs`: since the step was viewed, on this page. */
  step_completed: z.strictObject({ elapsedMs }),
  step_skipped: z.strictObject({ elapsedMs }),
  save_attempted: z.strictObject({ fields: count }),
  save_retried: z.strictObject({ attempt: count, code: name }),
  save_queued: z.strictObject({ waiting: count }),
  save_conflicted: z.strictObject({ fields: count }),
  validation_failed: z.strictObject({ issues: z.array(z.strictObject({ field: name.or(z.literal('')), code: name })).max(20) }),
  /** How far they were when they came back. */
  resumed: z.strictObject({ completed: count, skipped: count, of: count }),
} as const

/** What the server records where it becomes true. */
const PROPS_OF_SERVER = {
  completed: z.strictObject({ completed: count, skipped: count }),
  checkout_started: z.strictObject({ plan: z.enum(PLAN_IDS) }),
  provisioned: z.strictObject({ plan: z.enum(PLAN_IDS) }),
  key_revealed: z.strictObject({}),
  /** The first pipeline run of an organization that succeeded. */
  first_value: z.strictObject({ provider: name }),
} as const

const PROPS = { ...PROPS_OF_BROWSER, ...PROPS_OF_SERVER } as const

export type BrowserEventName = keyof typeof PROPS_OF_BROWSER
export type FactName = keyof typeof PROPS_OF_SERVER
export type TelemetryName = keyof typeof PROPS
export type TelemetryProps = { [Name in TelemetryName]: z.infer<(typeof PROPS)[Name]> }

export const TELEMETRY_NAMES = [
  'step_viewed',
  'step_completed',
  'step_skipped',
  'save_attempted',
  'save_retried',
  'save_queued',
  'save_conflicted',
  'validation_failed',
  'resumed',
  'completed',
  'checkout_started',
  'provisioned',
  'key_revealed',
  'first_value',
] as const satisfies readonly TelemetryName[]

function browserEvent<const Name extends BrowserEventName>(eventName: Name) {
  return z.strictObject({
    /** Made once per event by `newEventId`: its time is in it, and a repeat adds nothing. */
    id: z.uuidv7(),
    sessionId: z.uuid(),
    name: z.literal(eventName),
    step,
    props: PROPS_OF_BROWSER[eventName],
  })
}

export const browserEventSchema = z.discriminatedUnion('name', [
  browserEvent('step_viewed'),
  browserEvent('step_completed'),
  browserEvent('step_skipped'),
  browserEvent('save_attempted'),
  browserEvent('save_retried'),
  browserEvent('save_queued'),
  browserEvent('save_conflicted'),
  browserEvent('validation_failed'),
  browserEvent('resumed'),
])
export type BrowserEvent = z.infer<typeof browserEventSchema>

/** Events are checked one by one: a page that is newer or older than the server loses those that are not understood, no others. */
export const telemetryBatchSchema = z.object({ events: z.array(z.unknown()).max(TELEMETRY_BATCH) })

export const telemetryReceiptSchema = z.object({
  /** How many were understood, dated plausibly, and told of the sender's own session. Repeats count as well. */
  accepted: z.number().int(),
  /** Ids whose time cannot be: the sender's clock is wrong, and can be put right by `now`. */
  misdated: z.array(z.string()),
  /** The server's time in milliseconds. */
  now: z.number(),
})
export type TelemetryReceipt = z.infer<typeof telemetryReceiptSchema>
