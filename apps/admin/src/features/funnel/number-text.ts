import type { Spread } from '@gangway/schemas/funnel'
import { durationText } from '../records/duration-text.ts'

const NUMBER = new Intl.NumberFormat('en')
const SHARE = new Intl.NumberFormat('en', { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 })

export function numberText(value: number): string {
  return NUMBER.format(value)
}

/** `42.1%`; a dash where there is nobody to be a part of. */
export function shareText(part: number, whole: number): string {
  return whole === 0 ? '–' : SHARE.format(part / whole)
}

/** `48 s`. */
export function secondsText(seconds: number): string {
  return durationText(seconds * 1000)
}

/** `48 s, 9 in 10 within 2 min 5 s`. */
export function spreadText({ median, p90 }: Spread): string {
  return `${secondsText(median)}, 9 in 10 within ${secondsText(p90)}`
}
