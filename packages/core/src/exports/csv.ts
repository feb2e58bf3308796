import type { DraftValue } from '@gangway/schemas/questionnaire'
import type { Line } from './lines.ts'

/** RFC 4180. https://www.rfc-editor.org/rfc/rfc4180 */
const END = '\r\n'

const FACTS = [
  ...(['session_id', 'completed_at', 'answer_schema_version', 'user_id', 'email'] as const),
  ...(['role', 'org_slug', 'plan', 'variant'] as const),
]

const of = (step: string, ...fields: string[]) => fields.map((field) => ({ step, field }))

/** A column for each of the built-in questions. Whatever else was asked stands in the last one, with all answers as JSON. */
const FIELDS = [
  ...of('profile', 'fullName', 'displayName', 'jobTitle', 'companyName'),
  ...of('work', 'role', 'team', 'timezone', 'functions', 'intents', 'experience'),
  ...of('tools', 'tools'),
  ...of('invites', 'invites'),
  ...of('preferences', 'theme', 'language', 'productNews', 'weeklyDigest'),
  ...of('workspace', 'mode', 'name', 'slug'),
]

export const CSV_HEADER = [...FACTS, ...FIELDS.map(({ step, field }) => `${step}.${field}`), 'answers'].join(',') + END

export function csvLine(line: Line): string {
  const facts = FACTS.map((name) => line[name])
  const fields = FIELDS.map(({ step, field }) => told(line.answers[step]?.[field]))
  return [...facts, ...fields, JSON.stringify(line.answers)].map(csvCell).join(',') + END
}

/** An answer as one cell tells it: the parts of a list after each other. */
function told(value: DraftValue | undefined): string | number | null {
  if (value === undefined || value === null) return null
  if (!Array.isArray(value)) return typeof value === 'number' ? value : String(value)
  return value.map((item) => (typeof item === 'string' ? item : partsOf(item).join(' '))).join('; ')
}

/** By their names: the database has an order of its own. */
function partsOf(item: Readonly<Record<string, string>>): string[] {
  return Object.keys(item)
    .toSorted()
    .map((name) => item[name] ?? '')
}

const FORMULA = /^\s*[-=+@＝＋－＠\t\r\n]/
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/

/**
 * A cell, quoted where it has to be. One that a spreadsheet would take for a formula gets an apostrophe before it.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  const text = String(value)
  if (typeof value === 'string' && FORMULA.test(text)) return `"'${text.replaceAll('"', '""')}"`
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
