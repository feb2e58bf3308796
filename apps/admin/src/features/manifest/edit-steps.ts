import type { ManifestContent, ManifestField, ManifestStep } from '@gangway/schemas/manifest'

/* Edits of a draft, each of which leaves what it was given as it was. */

export type Direction = -1 | 1

/** The list with one of its items a place further up or down; as it was at the ends. */
export function moved<Item>(items: readonly Item[], index: number, by: Direction): Item[] {
  const target = index + by
  if (target < 0 || target >= items.length) return [...items]
  const order = items.toSpliced(index, 1)
  return order.toSpliced(target, 0, ...items.slice(index, index + 1))
}

export function replaced<Item>(items: readonly Item[], index: number, item: Item): Item[] {
  return items.map((other, place) => (place === index ? item : other))
}

/** A name that none of the others has: `question`, `question2`, … */
export function freeName(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted
  for (let number = 2; ; number++) if (!taken.includes(`${wanted}${number}`)) return `${wanted}${number}`
}

export function newStep(steps: readonly ManifestStep[]): ManifestStep {
  const id = freeName(
    'step',
    steps.map((step) => step.id),
  )
  return { id, kind: 'questions', title: { en: '' }, question: { en: '' }, required: false, fields: [newField([])] }
}

export function newField(fields: readonly ManifestField[]): ManifestField {
  return {
    name: freeName(
      'question',
      fields.map(({ name }) => name),
    ),
    type: 'text',
    label: { en: '' },
    required: false,
  }
}

/** The steps that are edited: those of a variant, or the manifest's own. */
export function stepsFor({ steps, variants }: ManifestContent, variant: string): ManifestStep[] {
  return variants.find(({ id }) => id === variant)?.steps ?? steps
}

export function withSteps(content: ManifestContent, variant: string, steps: ManifestStep[]): ManifestContent {
  const index = content.variants.findIndex(({ id, steps: own }) => id === variant && own)
  const found = content.variants[index]
  if (!found) return { ...content, steps }
  return { ...content, variants: replaced(content.variants, index, { ...found, steps }) }
}

/** Without the keys that hold nothing: a manifest has no empty parts. */
export function without<Part extends object>(part: Part, keys: readonly (keyof Part)[]): Part {
  const kept = { ...part }
  for (const key of keys) {
    const value = kept[key]
    const isEmpty =
      value === undefined || value === '' || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    if (isEmpty) delete kept[key]
  }
  return kept
}
