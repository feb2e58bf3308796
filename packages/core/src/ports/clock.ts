/** Every wait and every reading of the time goes through here, so that tests need neither. */
export interface Clock {
  now(): Date
  /** Resolves after `ms`, and at once when the signal is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}
