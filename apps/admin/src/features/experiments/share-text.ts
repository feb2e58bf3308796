/** `0.4211` as `42.1%`. */
export function percent(share: number, digits = 1): string {
  return `${(share * 100).toFixed(digits)}%`
}

/** A difference of shares in percentage points, always with its sign. */
export function points(difference: number): string {
  const text = Math.abs(difference * 100).toFixed(1)
  if (text === '0.0') return text
  return `${difference > 0 ? '+' : '−'}${text}`
}
