import { textIn, type ManifestContent, type ManifestField, type ManifestStep } from './manifest.ts'

/** One thing that is different: null where it is not there. */
export interface ManifestChange {
  /** Such as `work`, `work.role` or `languages`; a variant's steps begin with its name and a colon. */
  where: string
  what: string
  before: string | null
  after: string | null
}

/** What publishing `after` would change of `before`, in the order in which it is asked. */
export function diffManifests(before: ManifestContent, after: ManifestContent): ManifestChange[] {
  const [was, is] = [lines(before), lines(after)]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((key) => {
    const [one, other] = [was.get(key), is.get(key)]
    if (one?.text === other?.text) return []
    const { where, what } = one ?? other ?? { where: key, what: '' }
    return [{ where, what, before: one?.text ?? null, after: other?.text ?? null }]
  })
}

interface Line {
  where: string
  what: string
  text: string
}

/** A manifest as one line for each thing that can be changed by itself. */
function lines({ name, languages, variants, steps }: ManifestContent): Map<string, Line> {
  const found = new Map<string, Line>()
  const put = (where: string, what: string, text: string) => found.set(`${where} ${what}`, { where, what, text })
  put('manifest', 'name', name)
  put('manifest', 'languages', languages.join(', '))
  for (const { id, weight } of variants) put('manifest', `weight of ${id}`, String(weight))
  putSteps(steps, '', put)
  for (const variant of variants) if (variant.steps) putSteps(variant.steps, `${variant.id}: `, put)
  return found
}

type Put = (where: string, what: string, text: string) => void

function putSteps(steps: readonly ManifestStep[], prefix: string, put: Put): void {
  put(`${prefix}steps`, 'order', steps.map(({ id }) => id).join(', '))
  for (const { id, fields, ...step } of steps) {
    putParts(`${prefix}${id}`, step, put)
    if (fields.length > 0) put(`${prefix}${id}`, 'questions', fields.map(({ name }) => name).join(', '))
    for (const field of fields) putField(`${prefix}${id}`, field, put)
  }
}

function putField(step: string, { name, options, ...field }: ManifestField, put: Put): void {
  putParts(`${step}.${name}`, field, put)
  if (!options) return
  put(`${step}.${name}`, 'options', options.map(({ value, label }) => `${textIn(label, 'en')} (${value})`).join(', '))
  for (const { value, label } of options) {
    for (const [language, text] of Object.entries(label)) {
      if (language !== 'en' && text) put(`${step}.${name}`, `option ${value} (${language})`, text)
    }
  }
}

/** Texts by language, everything else as JSON. */
function putParts(where: string, parts: Record<string, unknown>, put: Put): void {
  for (const [what, value] of Object.entries(parts)) {
    if (value === undefined) continue
    if (typeof value !== 'object' || value === null || !('en' in value)) put(where, what, asText(value))
    else for (const [language, text] of Object.entries(value)) if (text) put(where, `${what} (${language})`, String(text))
  }
}

function asText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
