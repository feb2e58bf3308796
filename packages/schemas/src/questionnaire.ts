import * as z from 'zod/mini'
import type { FormMessages } from './manifest-messages.ts'
import { SLUG_PATTERN } from './slug.ts'

/** Version of the shapes that answers are kept in; stored with every session and snapshot. */
export const ANSWER_SCHEMA_VERSION = 1

/** What steps and questions are called in addresses, answers and exports; never what every object has already. */
const nameSchema = z.string().check(
  z.maxLength(40),
  z.regex(/^[a-z][a-zA-Z0-9]*$/, 'Begin with a small letter; use letters and digits only.'),
  z.refine((name) => !(name in {}), 'This name cannot be used.'),
)

export const fieldNameSchema = nameSchema.check(z.meta({ description: 'The name of a question.' }))
export const stepIdSchema = nameSchema.check(z.meta({ description: 'The name of a step.' }))
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
export type LanguageCode = (typeof LANGUAGES)[number]['value']

export const INVITE_ROLES = [
  { value: 'member', label: 'Member' },
  { value: 'admin', label: 'Admin' },
] as const satisfies readonly Option[]

function oneOf<const Options extends readonly Option[]>(options: Options) {
  return z.enum(options.map((option): Options[number]['value'] => option.value))
}

const LINE = 120

/** The same message for an answer that is empty and for one that is not there. */
function requiredLine(message: string, { tooLong }: FormMessages) {
  return z.string(message).check(z.trim(), z.minLength(1, message), z.maxLength(LINE, tooLong(LINE)))
}

export const roleSchema = oneOf(ROLES)
export type Role = z.infer<typeof roleSchema>

/** Those that were asked about: asking takes long. There are some hundreds, and as many again in other letters. */
const timezones = new Set<string>()
const MOST_TIMEZONES = 2000

/** Whether this is the name of a time zone that dates can be shown in. https://www.iana.org/time-zones */
export function isTimezone(value: string): boolean {
  if (timezones.has(value)) return true
  try {
    if (new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone.length === 0) return false
  } catch {
    return false
  }
  if (timezones.size < MOST_TIMEZONES) timezones.add(value)
  return true
}

/** What the step of invitations is read as, when they are sent. */
const inviteAnswerSchema = z.object({
  email: z.email('Enter a valid e-mail address.').check(z.maxLength(254)),
  role: oneOf(INVITE_ROLES),
})

export const invitesAnswersSchema = z.object({ invites: z.optional(z.array(inviteAnswerSchema).check(z.maxLength(20))) })

/** Either a workspace of one's own (name, slug) or an invitation to somebody else's (inviteCode). */
export function workspaceSchema(words: FormMessages) {
  const { mode, name, slug, inviteCode } = words.workspace
  return z.discriminatedUnion(
    'mode',
    [
      z.object({
        mode: z.literal('create'),
        name: requiredLine(name, words),
        slug: z.string(slug).check(z.regex(SLUG_PATTERN, slug)),
      }),
      z.object({ mode: z.literal('join'), inviteCode: requiredLine(inviteCode, words) }),
    ],
    mode,
  )
}

/**
 * What somebody has typed so far in one step: any subset of its fields, not yet valid.
 * Values are bounded so that a draft can be stored as it is.
 */
const draftName = z.string().check(z.maxLength(40))
const draftText = z.string().check(z.maxLength(2000))
const draftValueSchema = z.union([
  draftText,
  z.number(),
  z.boolean(),
  z.null(),
  z.array(draftText).check(z.maxLength(100)),
  z.array(z.record(draftName, draftText)).check(z.maxLength(20)),
])
export type DraftValue = z.infer<typeof draftValueSchema>

/** `null` takes an answer back; a field that is absent is left as it was. */
export const stepPatchSchema = z.record(draftName, draftValueSchema)
export type StepPatch = z.infer<typeof stepPatchSchema>

export const draftAnswersSchema = z.record(stepIdSchema, stepPatchSchema)
export type DraftAnswers = z.infer<typeof draftAnswersSchema>

export const stepIssueSchema = z.object({
  step: stepIdSchema,
  /** Dotted path inside the step, such as `invites.2.email`; '' for the step as a whole. */
  field: z.string(),
  code: z.string(),
  message: z.string(),
})
export type StepIssue = z.infer<typeof stepIssueSchema>
