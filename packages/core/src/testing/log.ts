import type { Log, LogFields } from '../ports/log.ts'

export interface LogEntry {
  level: 'info' | 'warn' | 'error'
  fields: LogFields
  message: string
}

/** Says nothing, and keeps what it was told in `entries`. */
export function silentLog(): Log & { readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = []
  const at = (level: LogEntry['level']) => (fields: LogFields, message: string) => {
    entries.push({ level, fields, message })
  }
  return { info: at('info'), warn: at('warn'), error: at('error'), entries }
}
