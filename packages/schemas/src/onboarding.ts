import * as z from 'zod/mini'
import { draftAnswersSchema, stepIdSchema, stepIssueSchema, stepPatchSchema } from './questionnaire.ts'

export const onboardingSessionSchema = z.object({
  id: z.uuid(),
  status: z.enum(['open', 'completed']),
  schemaVersion: z.int(),
  manifestVersion: z.int(),
  variant: z.string(),
  answers: draftAnswersSchema,
  completedSteps: z.array(stepIdSchema),
  skippedSteps: z.array(stepIdSchema),
  currentStep: stepIdSchema,
  /** The first step that is neither completed nor skipped; null when all are. */
  nextStep: z.nullable(stepIdSchema),
  revision: z.int(),
  /** SHA-256 of the canonical answers, hexadecimal. */
  checksum: z.string(),
  updatedAt: z.date(),
  completedAt: z.nullable(z.date()),
  /** When the session began anew, because its answers were of a version that cannot be read any more. They are kept aside. */
  resetAt: z.optional(z.date()),
})
export type OnboardingSession = z.infer<typeof onboardingSessionSchema>

export const saveInputSchema = z.object({
  /** The revision that the patch was typed on. */
  revision: z.int().check(z.nonnegative()),
  step: stepIdSchema,
  patch: stepPatchSchema,
  /** Made once per edit by the client; a repeat is answered like the first. */
  mutationId: z.uuid(),
  /** Whose answers these are, for saves that waited in a browser: somebody else may be signed in there by now. */
  sessionId: z.optional(z.uuid()),
  /** `complete` validates the step and moves on; `skip` passes over an optional one. */
  advance: z.optional(z.enum(['complete', 'skip'])),
})
export type SaveInput = z.infer<typeof saveInputSchema>

export const viewedInputSchema = z.pick(saveInputSchema, { step: true })

export const fieldConflictSchema = z.object({
  step: stepIdSchema,
  field: z.string(),
  base: z.unknown(),
  mine: z.unknown(),
  theirs: z.unknown(),
})
export type FieldConflict = z.infer<typeof fieldConflictSchema>

/** Comes with REVISION_CONFLICT (409): the server's state, and what the two sides disagree about. */
export const saveConflictSchema = z.object({
  session: onboardingSessionSchema,
  /** Fields of the patch that somebody else changed differently since `revision`; [] when a plain repeat will do. */
  conflicts: z.array(fieldConflictSchema),
})
export type SaveConflict = z.infer<typeof saveConflictSchema>

export const completeInputSchema = z.object({
  revision: z.int().check(z.nonnegative()),
  mutationId: z.uuid(),
})

/** Comes with ANSWERS_INCOMPLETE (422). */
export const stepIssuesSchema = z.object({
  issues: z.array(stepIssueSchema),
  /** The session as it is now: a patch that came with the refused step is in it, and its revision has moved on. */
  session: onboardingSessionSchema,
})
