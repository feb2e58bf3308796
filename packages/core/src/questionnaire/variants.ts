import { createHash } from 'node:crypto'
import { CONTROL, type Manifest, type ManifestStep } from '@gangway/schemas/manifest'

const BYTES = 6

/**
 * A number in [0, 1) that is always the same for this person and this purpose, and evenly spread over people: the first
 * 48 bits of SHA-256. Purposes are independent of each other.
 */
export function bucketOf(userId: string, purpose: string): number {
  const digest = createHash('sha256').update(`${purpose}:${userId}`).digest()
  return digest.readUIntBE(0, BYTES) / 2 ** (8 * BYTES)
}

/**
 * The variant of a person, by the weights. The purpose is the manifest's name: a new version that is called the same
 * keeps everybody where they are. Without variants, or when none can be told, it is control.
 */
export function variantOf({ name, variants }: Pick<Manifest, 'name' | 'variants'>, userId: string): string {
  const total = variants.reduce((sum, { weight }) => sum + weight, 0)
  let rest = bucketOf(userId, `variant:${name}`) * total
  for (const { id, weight } of variants) {
    rest -= weight
    if (rest < 0) return id
  }
  return CONTROL
}

/** What a variant asks. Control, and a variant that the manifest does not have, ask what the manifest itself asks. */
export function stepsOfVariant({ steps, variants }: Pick<Manifest, 'steps' | 'variants'>, variant: string): ManifestStep[] {
  return variants.find(({ id }) => id === variant)?.steps ?? steps
}
