import { z } from 'zod'
import { manifestStepSchema } from './manifest.ts'
import { draftAnswersSchema, stepIdSchema, stepIssueSchema, stepPatchSchema } from './questionnaire.ts'

export const correctAnswersInputSchema = z.object({
  sessionId: z.uuid(),
  /** By step; `null` takes an answer back, a field that is absent is left as it was. */
  patch: z.record(stepIdSchema, stepPatchSchema),
  /** For the audit log. */
  reason: z.string().trim().min(1, 'Say why.').max(500),
})
export type CorrectAnswersInput = z.infer<typeof correctAnswersInputSchema>

export const correctedAnswersSchema = z.object({
  sessionId: z.uuid(),
  revision: z.number().int(),
  /** `step.field`; [] where everything was as the patch has it. */
  changed: z.array(z.string()),
})
export type CorrectedAnswers = z.infer<typeof correctedAnswersSchema>

/** Comes with ANSWERS_INCOMPLETE. */
export const incompleteCorrectionSchema = z.object({ issues: z.array(stepIssueSchema) })

export const correctableInputSchema = z.object({ sessionId: z.uuid() })

/** A completed session with what it was asked, as it was asked it, whatever has been published since. */
export const correctableSchema = z.object({
  sessionId: z.uuid(),
  steps: z.array(manifestStepSchema),
  answers: draftAnswersSchema,
})
export type Correctable = z.infer<typeof correctableSchema>

export const correctionSchema = z.object({
  at: z.date(),
  /** The address of the admin; null for an account that is gone. */
  by: z.string().nullable(),
  /** `step.field` */
  fields: z.array(z.string()),
  reason: z.string(),
})
export type Correction = z.infer<typeof correctionSchema>
