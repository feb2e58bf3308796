import { type Condition, referencesOf } from './manifest-conditions.ts'
import type { ManifestContent, ManifestField, ManifestStep } from './manifest.ts'
import { INVITE_ROLES, LANGUAGES, type Option, ROLES, THEMES } from './questionnaire.ts'

type Path = (string | number)[]

export interface ManifestProblem {
  path: Path
  message: string
}

/** Answers that other parts of the product read by name: a question of this name means this, or is called something else. */
const RESERVED: Record<string, { type: ManifestField['type']; options?: readonly Option[] }> = {
  'profile.fullName': { type: 'text' },
  'profile.companyName': { type: 'text' },
  'work.role': { type: 'select', options: ROLES },
  'work.timezone': { type: 'timezone' },
  'tools.tools': { type: 'multi-select' },
  'invites.invites': { type: 'e-mail-list', options: INVITE_ROLES },
  'preferences.theme': { type: 'select', options: THEMES },
  'preferences.language': { type: 'select', options: LANGUAGES },
  'preferences.productNews': { type: 'boolean' },
  'preferences.weeklyDigest': { type: 'boolean' },
}
const WORKSPACE = 'workspace'
/** What an answer can hold, in characters and items. */
const LIMITS: Partial<Record<ManifestField['type'], number>> = {
  ...{ text: 2000, textarea: 2000, 'multi-select': 100, 'e-mail-list': 20 },
}

/** What keeps a manifest from being published; [] when nothing does. Variants are checked like the manifest itself. */
export function checkManifest(content: ManifestContent): ManifestProblem[] {
  const problems: ManifestProblem[] = []
  const say = (path: Path, message: string) => problems.push({ path, message })
  if (content.name === '') say(['name'], 'Give it a name.')
  if (!content.languages.includes('en')) say(['languages'], 'English is the fallback: it has to be among the languages.')
  problems.push(...checkSteps(content.steps, ['steps']))
  const ids = content.variants.map(({ id }) => id)
  for (const [index, { steps, id }] of content.variants.entries()) {
    if (ids.indexOf(id) < index) say(['variants', index, 'id'], 'There is another variant of this name.')
    if (id === 'control' && steps) say(['variants', index, 'steps'], 'Control has the steps of the manifest itself.')
    if (id !== 'control' && !steps) say(['variants', index, 'steps'], 'Say what this variant asks.')
    if (steps) problems.push(...checkSteps(steps, ['variants', index, 'steps']))
  }
  if (ids.length > 0) {
    if (!ids.includes('control')) say(['variants'], 'One of the variants has to be control.')
    if (!content.variants.some(({ weight }) => weight > 0)) say(['variants'], 'One of the weights has to be above zero.')
  }
  return problems
}

function checkSteps(steps: readonly ManifestStep[], at: Path): ManifestProblem[] {
  const problems: ManifestProblem[] = []
  const say = (path: Path, message: string) => problems.push({ path: [...at, ...path], message })
  /** The questions so far, with the values that they can have; null for any. */
  const earlier = new Map<string, string[] | null>()
  if (!steps.some(({ showIf, flag }) => !showIf && !flag)) say([], 'One step has to be asked of everybody.')
  for (const [index, step] of steps.entries()) {
    if (steps.findIndex(({ id }) => id === step.id) < index) say([index, 'id'], 'There is another step of this name.')
    for (const key of ['title', 'question'] as const) {
      if (step[key].en === '') say([index, key, 'en'], 'Write this in English.')
    }
    checkCondition(step.showIf, earlier, (message) => say([index, 'showIf'], message))
    if ((step.kind === 'create-or-join') !== (step.id === WORKSPACE)) {
      say([index, 'kind'], 'The step that makes or joins a workspace is called "workspace", and no other is.')
    }
    if (step.kind === 'create-or-join') {
      if (step.fields.length > 0) say([index, 'fields'], 'This step has its own questions.')
      for (const name of ['mode', 'name', 'slug']) earlier.set(`${step.id}.${name}`, null)
      continue
    }
    if (step.fields.length === 0) say([index, 'fields'], 'Add a question.')
    for (const [place, field] of step.fields.entries()) {
      if (step.fields.findIndex(({ name }) => name === field.name) < place) {
        say([index, 'fields', place, 'name'], 'There is another question of this name in the step.')
      }
      checkCondition(field.showIf, earlier, (message) => say([index, 'fields', place, 'showIf'], message))
      for (const problem of checkField(field, step.id)) say([index, 'fields', place, ...problem.path], problem.message)
      earlier.set(`${step.id}.${field.name}`, possibleValues(field))
    }
  }
  return problems
}

function checkField(field: ManifestField, step: string): ManifestProblem[] {
  const problems: ManifestProblem[] = []
  const say = (path: Path, message: string) => problems.push({ path, message })
  const { label, options = [], validation = {}, type } = field
  if (label.en === '') say(['label', 'en'], 'Write this in English.')
  const isChosen = type === 'select' || (type === 'multi-select' && !field.allowsOther)
  if (isChosen && options.length === 0) say(['options'], 'Add something to choose.')
  if (options.length > 0 && !['select', 'multi-select', 'e-mail-list'].includes(type)) {
    say(['options'], 'A question of this type has no options.')
  }
  for (const [index, { value, label }] of options.entries()) {
    if (value === '') say(['options', index, 'value'], 'Give it a value.')
    if (label.en === '') say(['options', index, 'label', 'en'], 'Write this in English.')
    if (options.findIndex((other) => other.value === value) < index) {
      say(['options', index, 'value'], 'There is another option of this value.')
    }
  }
  const { min, max, earliest, latest } = validation
  const most = LIMITS[type]
  if (most !== undefined && (max ?? 0) > most) say(['validation', 'max'], `The most that can be kept is ${most}.`)
  if (min !== undefined && max !== undefined && min > max) say(['validation', 'max'], 'The most is below the least.')
  if (earliest && latest && earliest > latest) say(['validation', 'latest'], 'The latest day is before the earliest.')
  const reserved = RESERVED[`${step}.${field.name}`]
  if (reserved && reserved.type !== type) {
    say(['type'], `Other parts of the product read ${step}.${field.name}: it has to be of the type "${reserved.type}".`)
  }
  const known = reserved?.options?.map(({ value }) => value)
  for (const [index, { value }] of options.entries()) {
    if (known && !known.includes(value)) say(['options', index, 'value'], `This list is closed: ${known.join(', ')}.`)
  }
  return problems
}

function checkCondition(
  condition: Condition | undefined,
  earlier: ReadonlyMap<string, string[] | null>,
  say: (message: string) => void,
): void {
  if (!condition) return
  for (const { field, values } of referencesOf(condition)) {
    const possible = earlier.get(field)
    if (possible === undefined) say(`No earlier question is called "${field}".`)
    else if (possible) {
      const unknown = values.map(String).filter((value) => !possible.includes(value))
      if (unknown.length > 0) say(`"${field}" is never ${unknown.map((value) => `"${value}"`).join(' or ')}.`)
    }
  }
}

function possibleValues({ type, options = [], allowsOther }: ManifestField): string[] | null {
  if (type === 'boolean') return ['true', 'false']
  if (type === 'select' || (type === 'multi-select' && !allowsOther)) return options.map(({ value }) => value)
  return null
}
