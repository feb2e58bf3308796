import { type OnboardingSession, onboardingSessionSchema, saveInputSchema } from '@gangway/schemas/onboarding'
import { draftAnswersSchema, stepPatchSchema } from '@gangway/schemas/questionnaire'
import * as z from 'zod/mini'

export const stepSchema = saveInputSchema.shape.step
export type Step = z.infer<typeof stepSchema>

/** What is kept, and what other tabs and the service worker tell, may have been through JSON. */
export const keptSessionSchema = z.extend(onboardingSessionSchema, {
  updatedAt: z.coerce.date(),
  completedAt: z.nullable(z.coerce.date()),
  resetAt: z.optional(z.coerce.date()),
}) satisfies z.ZodMiniType<OnboardingSession>

/** When a field was typed: tabs that type at the same moment agree on who was last, and so on what the field says. */
export const stampSchema = z.object({ count: z.int(), tab: z.string() })
export type Stamp = z.infer<typeof stampSchema>

const keptSchema = z.object({
  /** Whose answers these are; null before the server was asked. */
  sessionId: z.nullable(z.string()),
  revision: z.int(),
  /** The server's answers at `revision`: the base of every merge. */
  server: draftAnswersSchema,
  /** What the person sees. */
  answers: draftAnswersSchema,
  conflicts: z.array(z.object({ step: stepSchema, field: z.string(), theirs: stepPatchSchema.def.valueType })),
  /** The rest of what the server said last: with it the wizard opens without the server. */
  session: z._default(z.nullable(keptSessionSchema), null),
  /** By step and field. */
  stamps: z._default(z.record(z.string(), stampSchema), {}),
})
export type AnswersState = z.infer<typeof keptSchema>

export const NO_ANSWERS: AnswersState = {
  ...{ sessionId: null, revision: -1, server: {}, answers: {}, conflicts: [], session: null, stamps: {} },
}

/** Brings what this or an older version kept up to date. What cannot be read is dropped: the server has all but the last words. */
export function readKept(kept: unknown): AnswersState {
  const parsed = keptSchema.safeParse(kept)
  return parsed.success ? parsed.data : NO_ANSWERS
}
