import type { Ids } from '../ports/index.ts'

const S = 1000
const MIN = 60 * S
const H = 60 * MIN

/** After the first attempt, the second and so on: ten attempts in a little more than three days. */
const PAUSES_MS = [5 * S, 5 * MIN, 30 * MIN, 2 * H, 5 * H, 10 * H, 14 * H, 20 * H, 24 * H]
const LONGEST_MS = 24 * H

/**
 * How long to wait after so many failures in a row; null when it is given up. Up to a tenth longer by chance, so that what
 * failed together does not come back together; longer where the receiver asks for it, at most a day.
 */
export function retryPauseMs(ids: Ids, tries: number, retryAfterMs: number | null): number | null {
  const pause = PAUSES_MS[tries - 1]
  if (pause === undefined) return null
  const jittered = Math.round(pause * (1 + Number(ids.random(3, '0123456789')) / 10_000))
  return Math.max(jittered, Math.min(retryAfterMs ?? 0, LONGEST_MS))
}
