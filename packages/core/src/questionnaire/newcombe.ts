import type { Estimate } from '@gangway/schemas/experiments'

/** 97.5 % of the normal distribution lie below it: what is said holds in 95 of 100 cases. */
const Z = 1.959963984540054

export interface Share {
  /** How many of `of`, which is above zero. */
  count: number
  of: number
}

/**
 * A share with Wilson's score interval.
 * E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
 */
export function wilson({ count, of }: Share): Estimate {
  const share = count / of
  const scale = 1 + Z ** 2 / of
  const centre = (share + Z ** 2 / (2 * of)) / scale
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))
  return { value: share, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/**
 * The difference of two independent shares, by the square-and-add of their Wilson intervals: good for small numbers too.
 * R. G. Newcombe, Interval estimation for the difference between independent proportions: comparison of eleven methods,
 * Statistics in Medicine 17 (1998), 873-890, method 10.
 */
export function difference(one: Share, other: Share): Estimate {
  const [a, b] = [wilson(one), wilson(other)]
  const value = a.value - b.value
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  }
}
