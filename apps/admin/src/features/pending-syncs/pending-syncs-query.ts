import { type PendingSyncsFilter, PENDING_SYNC_STATUSES } from '@gangway/schemas/runs'
import { searchOf } from '../records/search-params.ts'

/** What is shown, as it stands in the address. */
export interface PendingSyncsQuery {
  show: 'open' | 'synced' | 'all'
}

export const SHOWN = [
  { value: 'open', label: 'Not synced' },
  { value: 'synced', label: 'Synced' },
  { value: 'all', label: 'All' },
] as const

export function readPendingSyncsQuery(params: URLSearchParams): PendingSyncsQuery {
  return { show: SHOWN.find(({ value }) => value === params.get('show'))?.value ?? 'open' }
}

/** The search part of the address, with its `?`; '' for what is shown at first. */
export function pendingSyncsSearch({ show }: PendingSyncsQuery): string {
  return searchOf({ show: show === 'open' ? '' : show })
}

export function pendingSyncsFilter({ show }: PendingSyncsQuery): PendingSyncsFilter {
  switch (show) {
    case 'open':
      return { statuses: PENDING_SYNC_STATUSES.filter((status) => status !== 'synced') }
    case 'synced':
      return { statuses: ['synced'] }
    case 'all':
      return {}
  }
}
