import { GangwayError } from '../errors/index.ts'

/** Throws INPUT_INVALID for a window that ends before it begins; `field` is what to change. */
export function assertWindow({
  from,
  before,
  field,
}: {
  from?: Date | undefined
  before?: Date | undefined
  field: string
}): void {
  if (from && before && before < from) throw new GangwayError('INPUT_INVALID', { details: { fields: [field] } })
}

/** A pattern for LIKE that finds `text` anywhere, whatever characters it holds. */
export function containing(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
