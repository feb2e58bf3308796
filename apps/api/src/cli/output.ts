import { classify } from '@gangway/core/errors'
import { ConfigError } from '../config/env.ts'

const BAR_WIDTH = 24
/** A terminal that does not know its width says 0. */
const USUAL_COLUMNS = 80
const ERASE_LINE = '\r\u001B[K'

export interface Screen {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

export interface Progress {
  done: number
  total: number
  /** What was just done. */
  label: string
}

/** A bar that is drawn over in a terminal; a line for each step where nobody looks at one. */
export function progressBar(screen: Screen): { step(progress: Progress): void; end(): void } {
  return {
    step({ done, total, label }) {
      const count = `${String(done).padStart(String(total).length)}/${total}`
      if (!screen.isTTY) return void screen.write(`${count}  ${label}\n`)
      const filled = Math.round((BAR_WIDTH * done) / total)
      const bar = `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${count}  ${label}`
      screen.write(ERASE_LINE + bar.slice(0, (screen.columns || USUAL_COLUMNS) - 1))
    },
    end() {
      if (screen.isTTY) screen.write(ERASE_LINE)
    },
  }
}

/** Columns that line up, without blanks at the end of a line. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((wide, row) => row.map((cell, index) => Math.max(cell.length, wide[index] ?? 0)), [])
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/**
 * Does a command's work and sets the exit code: 0 when it answers true, 1 when it answers false or throws. What is
 * thrown is said in words on stderr; in JSON as `{ error, message }` on stdout, where scripts look.
 */
export async function finish({ json }: { json?: boolean }, work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? 0 : 1
  } catch (error) {
    process.exitCode = 1
    const { code, message } = told(error)
    if (json) printJson({ error: code, message })
    else sayFailure(error)
  }
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}

/** A person's mistake and a failure that the catalogue knows have words of their own; a stack helps with nothing else. */
export function sayFailure(error: unknown): void {
  const { code, message } = told(error)
  if (code === 'UNKNOWN') return console.error(error)
  console.error(error instanceof ConfigError ? message : `${message} (${code})${cause(error)}`)
}

function told(error: unknown): { code: string; message: string } {
  if (error instanceof ConfigError) return { code: 'CONFIG_INVALID', message: error.message }
  const { code, message } = classify(error)
  return { code, message }
}

/** Whoever sits at the terminal may know the inside. */
function cause(error: unknown): string {
  const innermost = (each: unknown): unknown => (each instanceof Error && each.cause !== undefined ? innermost(each.cause) : each)
  const root = innermost(error)
  return root instanceof Error && root.message !== '' ? `\n${root.message}` : ''
}
