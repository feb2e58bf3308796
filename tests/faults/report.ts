export interface Line {
  name: string
  tries: number
  losses: string[]
}

/** Thrown at the first loss where that is enough. */
export class Lost extends Error {}

/** What was tried and what was lost, by line; a line that comes again is added up. */
export class Report {
  readonly #lines = new Map<string, Line>()
  readonly #bail: boolean

  constructor({ bail = false }: { bail?: boolean } = {}) {
    this.#bail = bail
  }

  count(name: string, tries: number, losses: string[]): void {
    const line = this.#lines.get(name) ?? { name, tries: 0, losses: [] }
    this.#lines.set(name, { name, tries: line.tries + tries, losses: [...line.losses, ...losses] })
    if (this.#bail && losses.length > 0) throw new Lost(losses.join('\n'))
  }

  get lines(): readonly Line[] {
    return [...this.#lines.values()]
  }

  get losses(): string[] {
    return this.lines.flatMap(({ name, losses }) => losses.map((loss) => `${name}: ${loss}`))
  }

  /** `name  tries  lost`, one line each, and the sum. */
  toText(): string {
    const width = Math.max(20, ...this.lines.map(({ name }) => name.length))
    const row = (name: string, tries: string | number, lost: string | number) =>
      `${name.padEnd(width)}  ${String(tries).padStart(6)}  ${String(lost).padStart(5)}`
    const tries = this.lines.reduce((sum, line) => sum + line.tries, 0)
    return [
      row('', 'tries', 'lost'),
      ...this.lines.map((line) => row(line.name, line.tries, line.losses.length)),
      row(`${this.lines.length} lines`, tries, this.losses.length),
    ].join('\n')
  }
}
