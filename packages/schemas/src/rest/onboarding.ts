import { z } from 'zod'
import { onboardingSessionSchema, saveInputSchema } from '../onboarding.ts'
import { stepIdSchema } from '../questionnaire.ts'
import { restTimeSchema } from './time.ts'

const session = onboardingSessionSchema.shape
const save = saveInputSchema.shape

/** One person's way through the questionnaire. The names of answers are those of the questionnaire. */
export const restOnboardingProgressSchema = z
  .object({
    id: session.id,
    status: session.status,
    schema_version: session.schemaVersion,
    manifest_version: session.manifestVersion,
    variant: session.variant,
    answers: session.answers,
    completed_steps: session.completedSteps,
    skipped_steps: session.skippedSteps,
    current_step: session.currentStep,
    next_step: z.nullable(stepIdSchema).meta({ description: 'The first step that is neither completed nor skipped.' }),
    revision: session.revision,
    checksum: session.checksum.check(z.meta({ description: 'SHA-256 of the canonical answers, hexadecimal.' })),
    updated_at: restTimeSchema,
    completed_at: restTimeSchema.nullable(),
  })
  .meta({ id: 'OnboardingProgress' })
export type RestOnboardingProgress = z.infer<typeof restOnboardingProgressSchema>

export const restSaveSchema = z.strictObject({
  revision: save.revision.check(z.meta({ description: 'The revision that the patch was made on.' })),
  step: save.step,
  patch: save.patch.check(z.meta({ description: 'Fields of the step; null takes an answer back.' })),
  mutation_id: z.uuid().meta({ description: 'Made once per change: a repeat is answered like the first.' }),
  advance: save.advance.check(
    z.meta({ description: 'complete validates the step and moves on; skip passes over an optional one.' }),
  ),
})

export const restCompleteSchema = z.strictObject({ revision: save.revision, mutation_id: z.uuid() })
