import * as z from 'zod/mini'
import { conditionSchema } from './manifest-conditions.ts'
import { fieldNameSchema, LANGUAGES, type LanguageCode, stepIdSchema } from './questionnaire.ts'

const localizedText = z.string().check(z.trim(), z.maxLength(500))

/** A text per language. English is the fallback, and has to be there before a manifest is published. */
export const localizedSchema = z.strictObject({
  en: localizedText,
  de: z.optional(localizedText),
  es: z.optional(localizedText),
  fr: z.optional(localizedText),
} satisfies Record<LanguageCode, z.ZodMiniType>)
export type Localized = z.infer<typeof localizedSchema>

export const languageSchema = z.enum(LANGUAGES.map(({ value }) => value))

export const FIELD_TYPES = [
  { value: 'text', label: 'One line of text' },
  { value: 'textarea', label: 'Several lines of text' },
  { value: 'select', label: 'One of a list' },
  { value: 'multi-select', label: 'Several of a list' },
  { value: 'e-mail-list', label: 'E-mail addresses' },
  { value: 'timezone', label: 'Time zone' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'number', label: 'Number' },
  { value: 'url', label: 'Web address' },
  { value: 'date', label: 'Date' },
] as const
export const fieldTypeSchema = z.enum(FIELD_TYPES.map(({ value }) => value))
export type FieldType = z.infer<typeof fieldTypeSchema>

export const fieldOptionSchema = z.strictObject({ value: z.string().check(z.trim(), z.maxLength(120)), label: localizedSchema })
export type FieldOption = z.infer<typeof fieldOptionSchema>

const day = z.iso.date('Write it as 2026-12-31.')

/** `min` and `max` count characters of a text, the value of a number, and the items of a list. */
export const fieldValidationSchema = z.strictObject({
  min: z.optional(z.number()),
  max: z.optional(z.number()),
  /** Numbers: whole ones only. */
  whole: z.optional(z.boolean()),
  /** Dates, both included. */
  earliest: z.optional(day),
  latest: z.optional(day),
})

export const manifestFieldSchema = z.strictObject({
  name: fieldNameSchema,
  type: fieldTypeSchema,
  label: localizedSchema,
  help: z.optional(localizedSchema),
  /** What can be chosen; for e-mail addresses, the roles of which each gets one. */
  options: z.optional(z.array(fieldOptionSchema).check(z.maxLength(100))),
  /** Several of a list: people may add their own. */
  allowsOther: z.optional(z.boolean()),
  /** A yes-or-no question that is required has to be answered with yes. */
  required: z.boolean(),
  validation: z.optional(fieldValidationSchema),
  messages: z.optional(z.strictObject({ required: z.optional(localizedSchema), invalid: z.optional(localizedSchema) })),
  /** What browsers may fill in by themselves. https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#autofill */
  autocomplete: z.optional(z.string().check(z.trim(), z.maxLength(60))),
  showIf: z.optional(conditionSchema),
  /** The question is asked of those for whom this flag is on. */
  flag: z.optional(z.string().check(z.trim(), z.maxLength(60))),
})
export type ManifestField = z.infer<typeof manifestFieldSchema>

export const manifestStepSchema = z.strictObject({
  id: stepIdSchema,
  /** `create-or-join` has fields of its own: it makes a workspace, or joins one. */
  kind: z.enum(['questions', 'create-or-join']),
  /** Short name in the stepper and in the page's title: "Step 2 of 6: Your work". */
  title: localizedSchema,
  question: localizedSchema,
  lead: z.optional(localizedSchema),
  required: z.boolean(),
  fields: z.array(manifestFieldSchema).check(z.maxLength(30)),
  showIf: z.optional(conditionSchema),
  flag: z.optional(z.string().check(z.trim(), z.maxLength(60))),
})
export type ManifestStep = z.infer<typeof manifestStepSchema>

export const CONTROL = 'control'

export const manifestVariantSchema = z.strictObject({
  id: z.string().check(z.trim(), z.regex(/^[a-z][a-z0-9-]{0,39}$/, 'Use lower-case letters, digits and hyphens.')),
  /** Its share is this, divided by the sum of all weights. */
  weight: z.number().check(z.minimum(0), z.maximum(1000)),
  /** Instead of the manifest's own steps, which `control` has. */
  steps: z.optional(z.array(manifestStepSchema).check(z.maxLength(20))),
})
export type ManifestVariant = z.infer<typeof manifestVariantSchema>

/** What can be kept while somebody is still writing it. */
export const manifestDraftSchema = z.strictObject({
  name: z.string().check(z.trim(), z.maxLength(120)),
  languages: z.array(languageSchema).check(z.maxLength(LANGUAGES.length)),
  variants: z.array(manifestVariantSchema).check(z.maxLength(10)),
  steps: z.array(manifestStepSchema).check(z.maxLength(20)),
})
export type ManifestContent = z.infer<typeof manifestDraftSchema>

export interface Manifest extends ManifestContent {
  version: number
}

/** A manifest for one session: the steps of its variant, without what a flag keeps from this person. */
export const sessionManifestSchema = z.object({
  version: z.int(),
  variant: z.string(),
  languages: z.array(languageSchema),
  steps: z.array(manifestStepSchema),
})
export type SessionManifest = z.infer<typeof sessionManifestSchema>

/** The text in a language, else in English. */
export function textIn(text: Localized | undefined, language: LanguageCode): string {
  return text?.[language] || text?.en || ''
}

/** The language of a person: the one they chose, else the first that they read and the manifest has, else English. */
export function languageFor(languages: readonly LanguageCode[], preferred: readonly unknown[]): LanguageCode {
  const spoken = preferred.map((tag) => (typeof tag === 'string' ? tag.slice(0, 2).toLowerCase() : ''))
  return spoken.flatMap((tag) => languages.filter((language) => language === tag))[0] ?? 'en'
}
