import { type Health, healthSchema, type OrganizationsFilter } from '@gangway/schemas/doctor'
import { readChoices, searchOf } from '../records/search-params.ts'

/** The filter as it stands in the address, and the organization that is open. */
export interface OrganizationsQuery {
  healths: Health[]
  text: string
  /** Its slug. */
  open: string
}

export const NO_QUERY: OrganizationsQuery = { healths: [], text: '', open: '' }

const LONGEST_TEXT = 200

export function readOrganizationsQuery(params: URLSearchParams): OrganizationsQuery {
  return {
    healths: readChoices(params, 'health', healthSchema),
    text: (params.get('text') ?? '').slice(0, LONGEST_TEXT),
    open: params.get('open') ?? '',
  }
}

/** The search part of the address, with its `?`; '' when nothing is filtered. */
export function organizationsSearch({ healths, text, open }: OrganizationsQuery): string {
  return searchOf({ health: healths, text, open })
}

export function isFiltered({ healths, text }: OrganizationsQuery): boolean {
  return healths.length > 0 || text !== ''
}

export function organizationsFilter({ healths, text }: OrganizationsQuery): OrganizationsFilter {
  return { ...(healths.length > 0 && { healths }), ...(text.trim() && { text: text.trim() }) }
}
