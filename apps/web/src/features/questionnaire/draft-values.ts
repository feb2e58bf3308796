import type { DraftValue } from '@gangway/schemas/questionnaire'

/* What a stored draft shows in a form. A draft is not valid yet: a value of another kind counts as none. */

export function textOf(value: DraftValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function choiceOf(value: DraftValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

export function flagOf(value: DraftValue | undefined): boolean {
  return value === true
}

export function listOf(value: DraftValue | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

export function rowsOf(value: DraftValue | undefined): Record<string, string>[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'object') : []
}
