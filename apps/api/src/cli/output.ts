import { stripVTControlCharacters } from 'node:util'
import { classify, GangwayError } from '@gangway/core/errors'
import { CommanderError } from 'commander'
import { ConfigError } from '../config/env.ts'
import { CommandFailure, Interrupted } from './command-failure.ts'
import { paint } from './paint.ts'

export const JSON_OPTION = ['--json', 'one JSON object, for scripts'] as const

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

/** Columns that line up, without blanks at the end of a line. Colours take no room. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>((wide, row) => row.map((cell, index) => Math.max(widthOf(cell), wide[index] ?? 0)), [])
  return rows.map((row) =>
    row
      .map((cell, index) => cell + ' '.repeat((widths[index] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  )
}

/** Columns under their headings; the headings only where somebody reads them. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (!process.stdout.isTTY) return columns(rows)
  return columns([headings.map((heading) => paint('quiet', heading)), ...rows])
}

function widthOf(cell: string): number {
  return stripVTControlCharacters(cell).length
}

export function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`.trimEnd())
}

/** Of milliseconds: `40 ms`, `1.2 s`, `3 min 20 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}

/**
 * Does a command's work and sets the exit code: 0 when it answers true, 1 when it answers false or throws. What is
 * thrown is said in one line on stderr; in JSON as `{ error, message, error_id }` on stdout, where scripts look.
 */
export async function finish({ json }: { json?: boolean }, work: () => Promise<boolean>): Promise<void> {
  try {
    process.exitCode = (await work()) ? 0 : 1
  } catch (error) {
    if (error instanceof CommanderError) throw error
    process.exitCode = 1
    if (json) printJson(failureObject(error))
    else sayFailure(error)
  }
}

export function say(lines: readonly string[]): void {
  for (const line of lines) console.log(line)
}

export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2))
}

/** One line: what happened, the code and the id that finds it in the log. Never a stack. */
export function sayFailure(error: unknown): void {
  const { error: code, message, error_id: errorId } = failureObject(error)
  if (error instanceof ConfigError || error instanceof Interrupted) return console.error(message)
  const known = [code, ...(errorId ? [errorId] : [])].join(', ')
  console.error(`${message} (${known})${rootCause(error, message)}`)
}

export interface FailureObject {
  error: string
  message: string
  error_id?: string
  details?: Record<string, unknown>
}

/** A failure as scripts get it. */
function failureObject(error: unknown): FailureObject {
  if (error instanceof ConfigError) return { error: 'CONFIG_INVALID', message: error.message }
  if (error instanceof Interrupted) return { error: 'INTERRUPTED', message: error.message }
  const { code, message, details } = classify(error)
  return {
    error: code,
    message,
    ...(error instanceof CommandFailure && { error_id: error.errorId }),
    ...(details && { details }),
  }
}

/** Whoever sits at the terminal may know the inside. */
function rootCause(error: unknown, said: string): string {
  const innermost = (each: unknown): unknown => (each instanceof Error && each.cause !== undefined ? innermost(each.cause) : each)
  const root = innermost(error)
  if (!(root instanceof Error) || root instanceof GangwayError || root.message === '' || root.message === said) return ''
  return ` Cause: ${root.message.replaceAll(/\s+/g, ' ')}`
}
