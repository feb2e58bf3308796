import { exposures, onboardingSessions, stepManifests } from '@gangway/db/schema'
import { ENOUGH_PEOPLE, type Experiment, type VariantResult } from '@gangway/schemas/experiments'
import { CONTROL, type ManifestVariant } from '@gangway/schemas/manifest'
import { BUILT_IN_VERSION } from '@gangway/schemas/manifest-built-in'
import { count, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import { difference, type Share, wilson } from './newcombe.ts'

/** Published versions with variants, the newest first: how many of those who saw each variant have completed. */
export async function listExperiments({ db }: BaseContext): Promise<Experiment[]> {
  const published = await db
    .select({
      ...{ version: stepManifests.version, name: stepManifests.name, variants: stepManifests.variants },
      publishedAt: stepManifests.publishedAt,
    })
    .from(stepManifests)
    .where(isNotNull(stepManifests.version))
    .orderBy(desc(stepManifests.version))
  const experiments = published.flatMap(({ version, publishedAt, name, variants }, index) =>
    version && publishedAt && variants.length > 1
      ? [{ version, publishedAt, name, variants, isCurrent: index === 0 && version >= BUILT_IN_VERSION }]
      : [],
  )
  if (experiments.length === 0) return []
  const counted = await db
    .select({
      ...{ version: exposures.manifestVersion, variant: exposures.variant, exposed: count() },
      completed: sql<number>`count(*) filter (where ${onboardingSessions.status} = 'completed')::int`,
    })
    .from(exposures)
    .innerJoin(onboardingSessions, eq(onboardingSessions.id, exposures.sessionId))
    .where(
      inArray(
        exposures.manifestVersion,
        experiments.map(({ version }) => version),
      ),
    )
    .groupBy(exposures.manifestVersion, exposures.variant)
  return experiments.map(({ variants, ...experiment }) => ({
    ...experiment,
    variants: results(
      variants,
      counted.filter(({ version }) => version === experiment.version),
    ),
  }))
}

type Counted = Pick<VariantResult, 'variant' | 'exposed' | 'completed'>

/** Control first. */
export function results(variants: readonly ManifestVariant[], counted: readonly Counted[]): VariantResult[] {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0)
  const of = (id: string): Share => {
    const found = counted.find(({ variant }) => variant === id)
    return { count: found?.completed ?? 0, of: found?.exposed ?? 0 }
  }
  const control = of(CONTROL)
  const ids = [CONTROL, ...variants.map(({ id }) => id), ...counted.map(({ variant }) => variant)]
  return [...new Set(ids)].map((variant) => {
    const people = of(variant)
    const share = (variants.find(({ id }) => id === variant)?.weight ?? 0) / total
    return {
      ...{ variant, share, exposed: people.of, completed: people.count },
      completion: people.of > 0 ? wilson(people) : null,
      ...comparison(variant, people, control),
    }
  })
}

function comparison(variant: string, people: Share, control: Share): Pick<VariantResult, 'difference' | 'verdict'> {
  if (variant === CONTROL) return { difference: null, verdict: 'control' }
  if (people.of < ENOUGH_PEOPLE || control.of < ENOUGH_PEOPLE) return { difference: null, verdict: 'not-enough-data' }
  const estimate = difference(people, control)
  if (estimate.low > 0) return { difference: estimate, verdict: 'better' }
  return { difference: estimate, verdict: estimate.high < 0 ? 'worse' : 'unclear' }
}
