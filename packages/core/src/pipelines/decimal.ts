const SHAPE = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/
/** As many as the warehouse's NUMERIC keeps. https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types */
const PLACES = 9

/** A decimal number in billionths, rounded half up; null for what is no number. Sums of money and of tokens stay exact. */
export function toBillionths(text: string): bigint | null {
  const match = SHAPE.exec(text)
  if (!match) return null
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent) + PLACES - fraction.length
  const digits = BigInt(whole + fraction)
  const magnitude = shift >= 0 ? digits * 10n ** BigInt(shift) : (digits + 5n * 10n ** BigInt(-shift - 1)) / 10n ** BigInt(-shift)
  return sign === '-' ? -magnitude : magnitude
}

/** The shortest text for so many billionths: `1.25`, `3`, `-0.000000001`. */
export function fromBillionths(billionths: bigint): string {
  const sign = billionths < 0n ? '-' : ''
  const digits = String(billionths < 0n ? -billionths : billionths).padStart(PLACES + 1, '0')
  const fraction = digits.slice(-PLACES).replace(/0+$/, '')
  return `${sign}${digits.slice(0, -PLACES)}${fraction && `.${fraction}`}`
}

/** A number as the warehouse keeps it; null for what is no number. */
export function decimalText(value: number | string): string | null {
  const billionths = toBillionths(String(value))
  return billionths === null ? null : fromBillionths(billionths)
}
