import * as z from 'zod'
import { languageSchema, manifestStepSchema } from './manifest.ts'
import { fieldConflictSchema, saveInputSchema } from './onboarding.ts'
import { stepIdSchema, stepIssueSchema, stepPatchSchema } from './questionnaire.ts'

/** `waiting`: nobody has opened the link; `opened`: somebody answers, or has stopped. */
export const HAND_OFF_STATES = ['waiting', 'opened', 'answered', 'expired'] as const

/** As the owner of the questionnaire sees it. */
export const handOffSchema = z.object({
  id: z.uuid(),
  step: stepIdSchema,
  email: z.string(),
  state: z.enum(HAND_OFF_STATES),
  /** What the colleague calls themselves; null until they have opened the link. */
  colleague: z.string().nullable(),
  expiresAt: z.date(),
  answeredAt: z.date().nullable(),
})
export type HandOff = z.infer<typeof handOffSchema>

export const newHandOffSchema = z.object({
  step: stepIdSchema,
  email: z.email('Enter a valid e-mail address.').max(254),
})

const code = z.string().trim().min(1).max(64)
/** Made by the colleague's browser, and kept there: whoever has it is the person who opened the link first. */
const claim = z.string().regex(/^[\w-]{32,64}$/)

/** Without a claim, or before it is theirs, people see who asks and for what. */
export const openHandOffSchema = z.object({ code, claim: claim.optional() })

export const claimHandOffSchema = z.object({
  code,
  claim,
  colleague: z.string('Enter your name.').trim().min(1, 'Enter your name.').max(80, 'Use at most 80 characters.'),
})

const { revision, patch, mutationId } = saveInputSchema.shape
export const answerHandOffSchema = z.object({ revision, patch, mutationId, code, claim })
export type AnswerHandOff = z.infer<typeof answerHandOffSchema>

const askedSchema = z.object({
  /** Who asks. */
  owner: z.string(),
  /** Null where it is not known yet. */
  company: z.string().nullable(),
  title: z.record(z.string(), z.string()),
  languages: z.array(languageSchema),
  expiresAt: z.date(),
})

/** As the colleague sees it: this one step and nothing else. */
export const handOffViewSchema = z.discriminatedUnion('state', [
  askedSchema.extend({ state: z.literal('offered') }),
  askedSchema.extend({
    state: z.literal('claimed'),
    /** With the questions that apply; their conditions look at no other step. */
    step: manifestStepSchema,
    answers: stepPatchSchema,
    revision: z.number().int(),
  }),
  askedSchema.extend({ state: z.literal('answered') }),
  /** Somebody else has answered the step, or the questionnaire is finished. */
  askedSchema.extend({ state: z.literal('closed') }),
])
export type HandOffView = z.infer<typeof handOffViewSchema>

/** Comes with REVISION_CONFLICT and ANSWERS_INCOMPLETE when a colleague answers. */
export const handOffProblemSchema = z.object({
  view: handOffViewSchema,
  conflicts: z.array(fieldConflictSchema).default([]),
  issues: z.array(stepIssueSchema).default([]),
})
