import * as z from 'zod/mini'
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
  colleague: z.nullable(z.string()),
  expiresAt: z.date(),
  answeredAt: z.nullable(z.date()),
})
export type HandOff = z.infer<typeof handOffSchema>

export const newHandOffSchema = z.object({
  step: stepIdSchema,
  email: z.email('Enter a valid e-mail address.').check(z.maxLength(254)),
})

const code = z.string().check(z.trim(), z.minLength(1), z.maxLength(64))
/** Made by the colleague's browser, and kept there: whoever has it is the person who opened the link first. */
const claim = z.string().check(z.regex(/^[\w-]{32,64}$/))

/** Without a claim, or before it is theirs, people see who asks and for what. */
export const openHandOffSchema = z.object({ code, claim: z.optional(claim) })

export const claimHandOffSchema = z.object({
  code,
  claim,
  colleague: z
    .string('Enter your name.')
    .check(z.trim(), z.minLength(1, 'Enter your name.'), z.maxLength(80, 'Use at most 80 characters.')),
})

const { revision, patch, mutationId } = saveInputSchema.shape
export const answerHandOffSchema = z.object({ revision, patch, mutationId, code, claim })
export type AnswerHandOff = z.infer<typeof answerHandOffSchema>

const askedSchema = z.object({
  /** Who asks. */
  owner: z.string(),
  /** Null where it is not known yet. */
  company: z.nullable(z.string()),
  title: z.record(z.string(), z.string()),
  languages: z.array(languageSchema),
  expiresAt: z.date(),
})

/** As the colleague sees it: this one step and nothing else. */
export const handOffViewSchema = z.discriminatedUnion('state', [
  z.extend(askedSchema, { state: z.literal('offered') }),
  z.extend(askedSchema, {
    state: z.literal('claimed'),
    /** With the questions that apply; their conditions look at no other step. */
    step: manifestStepSchema,
    answers: stepPatchSchema,
    revision: z.int(),
  }),
  z.extend(askedSchema, { state: z.literal('answered') }),
  /** Somebody else has answered the step, or the questionnaire is finished. */
  z.extend(askedSchema, { state: z.literal('closed') }),
])
export type HandOffView = z.infer<typeof handOffViewSchema>

/** Comes with REVISION_CONFLICT and ANSWERS_INCOMPLETE when a colleague answers. */
export const handOffProblemSchema = z.object({
  view: handOffViewSchema,
  conflicts: z._default(z.array(fieldConflictSchema), []),
  issues: z._default(z.array(stepIssueSchema), []),
})
