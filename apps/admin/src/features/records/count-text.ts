import type { RowCount } from '@gangway/schemas/paging'

const NUMBER = new Intl.NumberFormat('en')

/** `1 run`, `1,204 runs`, `More than 10,000 runs`. */
export function countText({ value, exact }: RowCount, noun: string, nouns = `${noun}s`): string {
  const rows = `${NUMBER.format(value)} ${value === 1 ? noun : nouns}`
  return exact ? rows : `More than ${rows}`
}
