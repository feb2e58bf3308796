import type { RowCount } from '@gangway/schemas/paging'

const EXACT = new Intl.NumberFormat('en')
const ROUGH = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 })

/** `1 completion`, `1,204 completions`; an estimate is not told to the unit: `About 48,200 completions`. */
export function completionsText({ value, exact }: RowCount): string {
  const noun = value === 1 ? 'completion' : 'completions'
  return exact ? `${EXACT.format(value)} ${noun}` : `About ${ROUGH.format(value)} ${noun}`
}
