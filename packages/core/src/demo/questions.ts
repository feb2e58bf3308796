import { exposures, onboardingSessions, stepManifests } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { BUILT_IN_MANIFEST, BUILT_IN_VERSION } from '@gangway/schemas/manifest-built-in'
import { CONTROL, type Manifest, type ManifestStep } from '@gangway/schemas/manifest'
import { and, eq, notExists, sql } from 'drizzle-orm'

/** Below those of real manifests: it is never the newest, so nobody but demo people is ever asked by it. */
const DEMO_VERSION = -1

const LEFT_OUT = new Set(['displayName', 'experience', 'functions', 'intents'])

/** The built-in questions beside a variant that asks fewer of them: an experiment to look at. */
export const DEMO_QUESTIONS: Manifest = {
  ...{ version: DEMO_VERSION, name: 'Demo: fewer questions', languages: BUILT_IN_MANIFEST.languages },
  steps: BUILT_IN_MANIFEST.steps,
  variants: [
    { id: CONTROL, weight: 50 },
    { id: 'fewer-questions', weight: 50, steps: fewer(BUILT_IN_MANIFEST.steps) },
  ],
}

function fewer(steps: readonly ManifestStep[]): ManifestStep[] {
  return steps
    .filter(({ id }) => id !== 'preferences')
    .map((step) => ({ ...step, fields: step.fields.filter(({ name }) => !LEFT_OUT.has(name)) }))
}

/** Puts the experiment on record, once for all batches. */
export async function publishDemoQuestions(tx: Tx, at: Date): Promise<void> {
  const { version, name, languages, steps, variants } = DEMO_QUESTIONS
  await tx
    .insert(stepManifests)
    .values({
      ...{ version, name, variants, manifest: { languages, steps }, basedOn: BUILT_IN_VERSION },
      ...{ note: 'For looking at; made up.', createdAt: at, updatedAt: at, publishedAt: at },
    })
    .onConflictDoNothing({ target: stepManifests.version })
}

/** Takes it back once nobody is left who was asked by it. */
export async function removeDemoQuestions(tx: Tx): Promise<void> {
  const asked = tx
    .select({ one: sql`1` })
    .from(onboardingSessions)
    .where(eq(onboardingSessions.manifestVersion, DEMO_VERSION))
  const seen = tx
    .select({ one: sql`1` })
    .from(exposures)
    .where(eq(exposures.manifestVersion, DEMO_VERSION))
  await tx.delete(stepManifests).where(and(eq(stepManifests.version, DEMO_VERSION), notExists(asked), notExists(seen)))
}
