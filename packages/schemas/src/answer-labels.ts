import {
  EXPERIENCE,
  FUNCTIONS,
  INTENTS,
  INVITE_ROLES,
  LANGUAGES,
  type Option,
  ROLES,
  STEPS,
  TEAMS,
  THEMES,
} from './questionnaire.ts'

/** What each field is called wherever its answer is shown, in the order in which it is asked. */
const FIELD_LABELS: Record<string, Record<string, string>> = {
  profile: { fullName: 'Full name', displayName: 'Display name', jobTitle: 'Job title', companyName: 'Company' },
  work: {
    role: 'Role',
    team: 'Team',
    timezone: 'Time zone',
    functions: 'Functions',
    intents: 'Intents',
    experience: 'Experience',
  },
  tools: { tools: 'Tools' },
  invites: { invites: 'Invited colleagues' },
  preferences: { theme: 'Theme', language: 'Language', productNews: 'Product news', weeklyDigest: 'Weekly digest' },
  workspace: { mode: 'Workspace', name: 'Workspace name', slug: 'Slug', inviteCode: 'Invitation code' },
}

const FIELD_OPTIONS: Record<string, Record<string, readonly Option[]>> = {
  work: { role: ROLES, team: TEAMS, functions: FUNCTIONS, intents: INTENTS, experience: EXPERIENCE },
  preferences: { theme: THEMES, language: LANGUAGES },
  workspace: {
    mode: [
      { value: 'create', label: 'A new one' },
      { value: 'join', label: "A colleague's" },
    ],
  },
}

/** `id` itself for a step that this version does not know. */
export function stepLabel(id: string): string {
  return STEPS.find((step) => step.id === id)?.title ?? id
}

/** `field` itself for a field that this version does not know. */
export function fieldLabel(step: string, field: string): string {
  return FIELD_LABELS[step]?.[field] ?? field
}

/** The known fields of a step in the order in which they are asked, then the others of `answers`. */
export function orderedFields(step: string, answers: Record<string, unknown>): string[] {
  const known = Object.keys(FIELD_LABELS[step] ?? {})
  return [...known, ...Object.keys(answers).filter((field) => !known.includes(field))]
}

/** The parts of an answer as people read them: one for a single value, one for each of several; [] for no answer. */
export function answerParts(step: string, field: string, value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => answerParts(step, field, item))
  if (value === null || value === undefined || value === '') return []
  if (typeof value === 'boolean') return [value ? 'Yes' : 'No']
  if (typeof value === 'object') return [invitedColleague(value)]
  const text = String(value)
  return [optionLabel(FIELD_OPTIONS[step]?.[field], text)]
}

function invitedColleague(value: object): string {
  const { email, role, ...others } = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, String(part)]))
  const name = email ?? Object.values(others).join(' ')
  return role ? `${name} (${optionLabel(INVITE_ROLES, role)})` : name
}

function optionLabel(options: readonly Option[] | undefined, value: string): string {
  return options?.find((option) => option.value === value)?.label ?? value
}
