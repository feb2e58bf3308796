import type { AuditFilter } from '@gangway/schemas/audit'
import { type Days, windowOf } from '../records/days.ts'
import { readDays, searchOf } from '../records/search-params.ts'

/** The filter as it stands in the address, and the entry that is open. */
export interface AuditQuery extends Days {
  text: string
  entry: string
}

export const NO_QUERY: AuditQuery = { text: '', from: '', to: '', entry: '' }

const LONGEST_TEXT = 200

export function readAuditQuery(params: URLSearchParams): AuditQuery {
  return { text: (params.get('text') ?? '').slice(0, LONGEST_TEXT), ...readDays(params), entry: params.get('entry') ?? '' }
}

/** The search part of the address, with its `?`; '' when nothing is filtered. */
export function auditSearch({ text, from, to, entry }: AuditQuery): string {
  return searchOf({ text, from, to, entry })
}

export function isFiltered({ text, from, to }: AuditQuery): boolean {
  return [text, from, to].some(Boolean)
}

export function auditFilter({ text, from, to }: AuditQuery): AuditFilter {
  const window = windowOf({ from, to })
  return {
    ...(text.trim() && { text: text.trim() }),
    ...(window.from && { from: window.from }),
    ...(window.before && { before: window.before }),
  }
}
