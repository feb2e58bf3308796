import * as z from 'zod/mini'
import { isNoAnswer } from './merge.ts'
import { type ManifestField, type ManifestStep, textIn } from './manifest.ts'
import { FORM_MESSAGES, type FormMessages } from './manifest-messages.ts'
import {
  type DraftValue,
  isTimezone,
  type LanguageCode,
  type StepIssue,
  type StepPatch,
  workspaceSchema,
} from './questionnaire.ts'

const LINE = 120
const LINES = 2000
const ADDRESS = 254
/** Drafts hold no more. */
const LIST_LIMITS = { items: 100, rows: 20 } as const

/** A field's own words, else those that every form has. */
interface Words extends FormMessages {
  missing: string
  invalid: string | undefined
}

type Answers = Record<string, DraftValue | undefined>

/**
 * The schema of a step's answers: the one that the form, the API and the snapshot use. Answers that are empty count as
 * none, and are to be left out before it is asked: `stepIssues` and `validAnswers` do.
 */
export function stepSchema({ kind, fields }: ManifestStep, language: LanguageCode = 'en'): z.ZodMiniType<Answers> {
  if (kind === 'create-or-join') return workspaceSchema(FORM_MESSAGES[language])
  return z.object(Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field, language)])))
}

/** What keeps a step's answers from being complete; [] when nothing does. */
export function stepIssues(step: ManifestStep, answers: StepPatch, language: LanguageCode = 'en'): StepIssue[] {
  const result = stepSchema(step, language).safeParse(given(answers))
  if (result.success) return []
  return result.error.issues.map(({ path, code, message }) => ({ step: step.id, field: path.join('.'), code, message }))
}

/** A step's answers as they are kept for good: texts trimmed, numbers as numbers; undefined when they are not valid. */
export function validAnswers(step: ManifestStep, answers: StepPatch): StepPatch | undefined {
  const { data } = stepSchema(step).safeParse(given(answers))
  return data && given(data)
}

/** Without what is no answer. */
export function given(answers: Answers): StepPatch {
  return Object.fromEntries(
    Object.entries(answers).flatMap(([field, value]) => (value === undefined || isNoAnswer(value) ? [] : [[field, value]])),
  )
}

type FieldSchema = z.ZodMiniType<DraftValue | undefined>

/** A field never changes, and making its schema takes longer than using it. */
const made = new WeakMap<ManifestField, Map<LanguageCode, FieldSchema>>()

function fieldSchema(field: ManifestField, language: LanguageCode): FieldSchema {
  const byLanguage = made.get(field) ?? new Map<LanguageCode, FieldSchema>()
  made.set(field, byLanguage)
  const schema = byLanguage.get(language) ?? newFieldSchema(field, language)
  byLanguage.set(language, schema)
  return schema
}

function newFieldSchema(field: ManifestField, language: LanguageCode): FieldSchema {
  const { messages, required } = field
  const common = FORM_MESSAGES[language]
  const words: Words = {
    ...common,
    missing: textIn(messages?.required, language) || missingText(field, common),
    invalid: textIn(messages?.invalid, language) || undefined,
  }
  const schema = valueSchema(field, words)
  return required ? schema : z.optional(schema)
}

function missingText({ type }: ManifestField, words: FormMessages): string {
  if (type === 'timezone') return words.timezone
  return type === 'boolean' ? words.confirm : words.required
}

function valueSchema(field: ManifestField, words: Words): FieldSchema {
  const { type, required, validation = {} } = field
  const { min, max } = validation
  switch (type) {
    case 'text':
    case 'textarea':
      return textSchema(words, { required, min, max: max ?? (type === 'text' ? LINE : LINES) })
    case 'url':
      return z.url({ protocol: /^https?$/, error: unless(words, words.url) }).check(z.maxLength(LINES, words.tooLong(LINES)))
    case 'select':
      return z.enum(valuesOf(field), { error: unless(words, words.choice) })
    case 'timezone':
      return z.string(words.missing).check(z.refine(isTimezone, words.invalid ?? words.timezone))
    case 'boolean':
      return required ? z.literal(true, words.missing) : z.boolean(words.unreadable)
    case 'number':
      return numberSchema(field, words)
    case 'date':
      return dateSchema(field, words)
    case 'multi-select': {
      const item = field.allowsOther
        ? z.string(words.unreadable).check(z.trim(), z.minLength(1, words.required), z.maxLength(LINE, words.tooLong(LINE)))
        : z.enum(valuesOf(field), words.choice)
      return listSchema(z.array(item, words.missing), field, words)
    }
    case 'e-mail-list':
      return emailListSchema(field, words)
  }
}

/** What is said when there is no answer at all, and when there is one that will not do. */
function unless({ missing, invalid }: Words, otherwise: string): (issue: { input?: unknown }) => string {
  return ({ input }) => (input === undefined ? missing : (invalid ?? otherwise))
}

function textSchema(words: Words, { required, min = 0, max }: { required: boolean; min: number | undefined; max: number }) {
  return z.string(words.missing).check(
    z.trim(),
    z.minLength(required ? 1 : 0, words.missing),
    // Blanks are no answer, and an answer is optional.
    z.refine((text) => text === '' || text.length >= min, words.invalid ?? words.tooShort(min)),
    z.maxLength(max, words.invalid ?? words.tooLong(max)),
  )
}

function numberSchema({ validation = {} }: ManifestField, words: Words) {
  const { min, max, whole } = validation
  const say = (text: string) => words.invalid ?? text
  const written = z.string().check(z.trim(), z.minLength(1), z.maxLength(40))
  return z
    .pipe(
      z.union([z.number(), written], { error: unless(words, words.number) }),
      z.transform((value: number | string) => Number(value)),
    )
    .check(
      z.refine(Number.isFinite, say(words.number)),
      z.refine((value) => !whole || Number.isInteger(value), say(words.whole)),
      z.refine((value) => min === undefined || value >= min, say(words.atLeast(min ?? 0))),
      z.refine((value) => max === undefined || value <= max, say(words.atMost(max ?? 0))),
    )
}

function dateSchema({ validation = {} }: ManifestField, words: Words) {
  const { earliest, latest } = validation
  const say = (text: string) => words.invalid ?? text
  // Days of this form are in order when their texts are.
  return z.iso.date({ error: unless(words, words.date) }).check(
    z.refine((day) => !earliest || day >= earliest, say(words.notBefore(earliest ?? ''))),
    z.refine((day) => !latest || day <= latest, say(words.notAfter(latest ?? ''))),
  )
}

function emailListSchema(field: ManifestField, words: Words) {
  const email = z.email(words.email).check(z.maxLength(ADDRESS, words.tooLong(ADDRESS)))
  const roles = valuesOf(field)
  const row: z.ZodMiniType<Record<string, string>> =
    roles.length > 0 ? z.object({ email, role: z.enum(roles, words.choice) }) : z.object({ email })
  return listSchema(z.array(row, words.missing), field, words).check(
    z.superRefine((rows, ctx) => {
      const seen = new Set<string>()
      for (const [index, { email = '' }] of rows.entries()) {
        const key = email.toLowerCase()
        if (seen.has(key)) ctx.addIssue({ code: 'custom', path: [index, 'email'], message: words.listedTwice })
        seen.add(key)
      }
    }),
  )
}

function listSchema<Item extends z.ZodMiniType>(
  list: z.ZodMiniArray<Item>,
  field: ManifestField,
  words: Words,
): z.ZodMiniArray<Item> {
  const { required, validation = {} } = field
  const { min = 0, max = LIST_LIMITS[field.type === 'e-mail-list' ? 'rows' : 'items'] } = validation
  return list.check(
    z.minLength(required ? 1 : 0, words.missing),
    z.minLength(min, words.invalid ?? words.tooFew(min)),
    z.maxLength(max, words.invalid ?? words.tooMany(max)),
  )
}

function valuesOf({ options = [] }: ManifestField): string[] {
  return options.map(({ value }) => value)
}
