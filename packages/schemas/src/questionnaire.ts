import { z } from 'zod'
import { slugSchema } from './slug.ts'

/** Version of the shapes in this file; stored with every session and snapshot. */
export const ANSWER_SCHEMA_VERSION = 1

/** The built-in manifest; sessions are pinned to the version they started with. */
export const BUILT_IN_MANIFEST_VERSION = 1

export const STEP_IDS = ['profile', 'work', 'tools', 'invites', 'preferences', 'workspace'] as const
export const stepIdSchema = z.enum(STEP_IDS)
export type StepId = z.infer<typeof stepIdSchema>

export interface Option<Value extends string = string> {
  value: Value
  label: string
}

/** The closed list that admins filter by. */
export const ROLES = [
  { value: 'founder', label: 'Founder' },
  { value: 'executive', label: 'Executive' },
  { value: 'engineering', label: 'Engineering' },
  { value: 'product', label: 'Product' },
  { value: 'design', label: 'Design' },
  { value: 'data', label: 'Data' },
  { value: 'marketing', label: 'Marketing' },
  { value: 'sales', label: 'Sales' },
  { value: 'support', label: 'Support' },
  { value: 'operations', label: 'Operations' },
  { value: 'finance', label: 'Finance' },
  { value: 'other', label: 'Other' },
] as const satisfies readonly Option[]

export const TEAMS = [
  { value: 'platform', label: 'Platform' },
  { value: 'product', label: 'Product' },
  { value: 'data', label: 'Data' },
  { value: 'finance', label: 'Finance' },
  { value: 'growth', label: 'Growth' },
  { value: 'operations', label: 'Operations' },
  { value: 'other', label: 'Another team' },
] as const satisfies readonly Option[]

export const FUNCTIONS = [
  { value: 'cost_reporting', label: 'Cost reporting' },
  { value: 'data_pipelines', label: 'Data pipelines' },
  { value: 'analytics', label: 'Analytics' },
  { value: 'machine_learning', label: 'Machine learning' },
  { value: 'budgeting', label: 'Budgeting' },
  { value: 'procurement', label: 'Procurement' },
] as const satisfies readonly Option[]

export const INTENTS = [
  { value: 'track_ai_spend', label: 'Track what we spend on AI' },
  { value: 'allocate_costs', label: 'Split costs between teams' },
  { value: 'set_budgets', label: 'Set budgets and alerts' },
  { value: 'automate_reports', label: 'Automate reports' },
  { value: 'explore', label: 'Look around first' },
] as const satisfies readonly Option[]

export const EXPERIENCE = [
  { value: 'new', label: 'New to this' },
  { value: 'some', label: 'Some experience' },
  { value: 'seasoned', label: 'Seasoned' },
] as const satisfies readonly Option[]

/** Suggestions only: people may type their own. */
export const TOOLS = [
  'OpenAI',
  'Anthropic',
  'Gemini',
  'BigQuery',
  'Snowflake',
  'Databricks',
  'Postgres',
  'dbt',
  'Airflow',
  'Looker',
  'Tableau',
  'Metabase',
  'Stripe',
  'Slack',
  'Notion',
  'Linear',
  'GitHub',
  'Terraform',
] as const

export const THEMES = [
  { value: 'system', label: 'Same as the device' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
] as const satisfies readonly Option[]

export const LANGUAGES = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
  { value: 'es', label: 'Español' },
  { value: 'fr', label: 'Français' },
] as const satisfies readonly Option[]

export const INVITE_ROLES = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
] as const satisfies readonly Option[]

function oneOf<const Options extends readonly Option[]>(options: Options) {
  return z.enum(options.map((option): Options[number]['value'] => option.value))
}

const LINE = 120
const TOO_LONG = `Use at most ${LINE} characters.`
const line = z.string().trim().max(LINE, TOO_LONG)
const optionalLine = line.optional()

/** The same message for an answer that is empty and for one that is not there. */
function requiredLine(message: string) {
  return z.string(message).trim().min(1, message).max(LINE, TOO_LONG)
}

export const roleSchema = oneOf(ROLES)
export type Role = z.infer<typeof roleSchema>

const NOT_A_TIMEZONE = 'Choose a time zone from the list.'
export const timezoneSchema = z.string(NOT_A_TIMEZONE).refine(isTimezone, NOT_A_TIMEZONE)

function isTimezone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length > 0
  } catch {
    return false
  }
}

export const profileAnswersSchema = z.object({
  fullName: requiredLine('Enter your name.'),
  displayName: optionalLine,
  jobTitle: optionalLine,
  companyName: requiredLine('Enter the name of your company.'),
})

export const workAnswersSchema = z.object({
  role: z.enum(roleSchema.options, 'Choose your role.'),
  team: oneOf(TEAMS).optional(),
  timezone: timezoneSchema,
  functions: z.array(oneOf(FUNCTIONS)).optional(),
  intents: z.array(oneOf(INTENTS)).optional(),
  experience: oneOf(EXPERIENCE).optional(),
})

export const toolsAnswersSchema = z.object({
  tools: z.array(line.min(1)).max(50, 'Choose at most 50 tools.').optional(),
})

export const inviteAnswerSchema = z.object({
  email: z.email('Enter a valid e-mail address.').max(254),
  role: oneOf(INVITE_ROLES),
})

export const invitesAnswersSchema = z.object({
  invites: z
    .array(inviteAnswerSchema)
    .max(20, 'Invite at most 20 colleagues.')
    .superRefine((invites, ctx) => {
      const seen = new Set<string>()
      for (const [index, { email }] of invites.entries()) {
        const key = email.toLowerCase()
        if (seen.has(key)) ctx.addIssue({ code: 'custom', path: [index, 'email'], message: 'This address is listed twice.' })
        seen.add(key)
      }
    })
    .optional(),
})

export const preferencesAnswersSchema = z.object({
  theme: oneOf(THEMES).optional(),
  productNews: z.boolean().optional(),
  weeklyDigest: z.boolean().optional(),
  language: oneOf(LANGUAGES).optional(),
})

/** Either a workspace of one's own (name, slug) or an invitation to somebody else's (inviteCode). */
export const workspaceAnswersSchema = z.discriminatedUnion(
  'mode',
  [
    z.object({ mode: z.literal('create'), name: requiredLine('Name your workspace.'), slug: slugSchema }),
    z.object({ mode: z.literal('join'), inviteCode: requiredLine('Paste the code from your invitation.') }),
  ],
  'Create a workspace or join one.',
)

export const STEP_SCHEMAS = {
  profile: profileAnswersSchema,
  work: workAnswersSchema,
  tools: toolsAnswersSchema,
  invites: invitesAnswersSchema,
  preferences: preferencesAnswersSchema,
  workspace: workspaceAnswersSchema,
} as const satisfies Record<StepId, z.ZodType>

export interface StepAnswers {
  profile: z.infer<typeof profileAnswersSchema>
  work: z.infer<typeof workAnswersSchema>
  tools: z.infer<typeof toolsAnswersSchema>
  invites: z.infer<typeof invitesAnswersSchema>
  preferences: z.infer<typeof preferencesAnswersSchema>
  workspace: z.infer<typeof workspaceAnswersSchema>
}

/**
 * What somebody has typed so far in one step: any subset of its fields, not yet valid.
 * Values are bounded so that a draft can be stored as it is.
 */
const draftText = z.string().max(2000)
const draftValueSchema = z.union([
  draftText,
  z.boolean(),
  z.null(),
  z.array(draftText).max(100),
  z.array(z.record(z.string().max(40), draftText)).max(20),
])
export type DraftValue = z.infer<typeof draftValueSchema>

const DRAFT_FIELDS: Record<StepId, readonly string[]> = {
  profile: Object.keys(profileAnswersSchema.shape),
  work: Object.keys(workAnswersSchema.shape),
  tools: Object.keys(toolsAnswersSchema.shape),
  invites: Object.keys(invitesAnswersSchema.shape),
  preferences: Object.keys(preferencesAnswersSchema.shape),
  workspace: ['mode', 'name', 'slug', 'inviteCode'],
}

/** `null` takes an answer back; a field that is absent is left as it was. */
export const stepPatchSchema = z.record(z.string().max(40), draftValueSchema)
export type StepPatch = z.infer<typeof stepPatchSchema>

/** The fields of a patch that its step does not have. */
export function unknownFields(step: StepId, patch: StepPatch): string[] {
  return Object.keys(patch).filter((field) => !DRAFT_FIELDS[step].includes(field))
}

export const draftAnswersSchema = z.partialRecord(stepIdSchema, stepPatchSchema)
export type DraftAnswers = z.infer<typeof draftAnswersSchema>

export interface Step {
  id: StepId
  /** Short name in the stepper and in the page's title: "Step 2 of 6: Your work". */
  title: string
  question: string
  required: boolean
}

export const STEPS: readonly Step[] = [
  { id: 'profile', title: 'Your profile', question: 'Who are you?', required: true },
  { id: 'work', title: 'Your work', question: 'What do you work on?', required: true },
  { id: 'tools', title: 'Your tools', question: 'Which tools do you use today?', required: false },
  { id: 'invites', title: 'Your colleagues', question: 'Who should join you?', required: false },
  { id: 'preferences', title: 'Your preferences', question: 'How do you like it?', required: false },
  { id: 'workspace', title: 'Your workspace', question: 'Where will your team work?', required: true },
]

export const stepIssueSchema = z.object({
  step: stepIdSchema,
  /** Dotted path inside the step, such as `invites.2.email`; '' for the step as a whole. */
  field: z.string(),
  code: z.string(),
  message: z.string(),
})
export type StepIssue = z.infer<typeof stepIssueSchema>

/** What keeps a step's answers from being complete; [] when nothing does. */
export function stepIssues(step: StepId, answers: unknown): StepIssue[] {
  const result = STEP_SCHEMAS[step].safeParse(answers ?? {})
  if (result.success) return []
  return result.error.issues.map((issue) => ({
    step,
    field: issue.path.join('.'),
    code: issue.code,
    message: issue.message,
  }))
}
