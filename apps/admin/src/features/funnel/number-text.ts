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
