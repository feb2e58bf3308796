/** What has been opened, closed in the opposite order. One thing that fails to close does not keep the others open. */
export class Closing {
  readonly #open: (() => unknown)[] = []

  add(close: () => unknown): void {
    this.#open.push(close)
  }

  async close(): Promise<void> {
    const failures: unknown[] = []
    for (const close of this.#open.toReversed()) {
      try {
        await close()
      } catch (error) {
        failures.push(error)
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be closed.')
  }
}
