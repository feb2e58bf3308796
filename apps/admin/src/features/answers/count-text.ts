import type { SnapshotPage } from '@gangway/schemas/answers'

const NUMBER = new Intl.NumberFormat('en')

/** `1 completion`, `1,204 completions`, `About 12,000 completions`. */
export function countText({ value, exact }: SnapshotPage['count']): string {
  const completions = `${NUMBER.format(value)} ${value === 1 ? 'completion' : 'completions'}`
  return exact ? completions : `About ${completions}`
}
