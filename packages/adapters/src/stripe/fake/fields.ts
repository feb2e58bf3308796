import { z } from 'zod'

export const text = z.string().min(1)
export const whole = z
  .string()
  .regex(/^-?\d+$/, 'integer')
  .transform(Number)
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
export const url = z.url({ protocol: /^https?$/ })
export const expand = z.array(text).optional()
/** https://docs.stripe.com/api/metadata */
export const metadata = z
  .record(z.string().max(40), z.string().max(500))
  .refine((pairs) => Object.keys(pairs).length <= 50, 'metadata')

/** Stripe takes these parameters, and this fake does not know what they do: it says so, loudly. */
const notPlayedField = z.never('not played').optional()

/** Only names that the SDK's types have. */
export function notPlayed<Params>() {
  return <const Name extends Extract<keyof Params, string>>(...names: Name[]): Record<Name, typeof notPlayedField> => {
    const fields: Partial<Record<Name, typeof notPlayedField>> = {}
    for (const name of names) fields[name] = notPlayedField
    return z.custom<Record<Name, typeof notPlayedField>>().parse(fields)
  }
}

const range = z.union([whole, z.strictObject({ gt: whole, gte: whole, lt: whole, lte: whole }).partial()])

/** Of every list. */
export const paging = {
  limit: whole.refine((limit) => limit >= 1 && limit <= 100, 'limit').default(10),
  starting_after: text.optional(),
  ending_before: text.optional(),
  expand,
}
export const created = range.optional()
export type CreatedRange = z.output<typeof range>
