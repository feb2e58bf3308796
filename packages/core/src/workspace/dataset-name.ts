import type { Ids } from '../ports/ids.ts'

const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** `<slug>_<8 random characters>`: a name is never used twice, since rows vanish from a dataset that is made again. */
export function datasetName(ctx: { ids: Ids }, slug: string): string {
  return `${slug}_${ctx.ids.random(8, LETTERS_AND_DIGITS)}`
}
