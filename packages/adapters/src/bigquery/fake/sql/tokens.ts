import { invalidQuery } from '../refusal.ts'

export interface Token {
  kind: 'word' | 'path' | 'text' | 'number' | 'parameter' | 'sign'
  /** Without quotes; as it was written otherwise. */
  value: string
}

const SPACE = /\s+|--[^\n]*/y
/** https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical */
const PATTERNS: [Token['kind'], RegExp][] = [
  ['word', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['path', /`([^`\\]+)`/y],
  ['text', /'((?:[^'\\\n]|\\.)*)'/y],
  ['number', /\d+(?:\.\d+)?/y],
  ['parameter', /@([A-Za-z_][A-Za-z0-9_]*)/y],
  ['sign', /<=|>=|!=|<>|[=<>(),.*+-]/y],
]

/** A query in GoogleSQL, cut into its tokens. Refuses what it does not know. */
export function tokens(query: string): Token[] {
  const found: Token[] = []
  let position = 0
  while (position < query.length) {
    const space = match(SPACE, query, position)
    if (space) {
      position += space[0].length
      continue
    }
    const next = nextToken(query, position)
    if (!next) throw invalidQuery(`Syntax error: Unexpected "${query.slice(position, position + 10)}" at ${position}`)
    found.push(next.token)
    position += next.length
  }
  return found
}

function nextToken(query: string, position: number): { token: Token; length: number } | undefined {
  for (const [kind, pattern] of PATTERNS) {
    const found = match(pattern, query, position)
    if (found) return { token: { kind, value: found[1] ?? found[0] }, length: found[0].length }
  }
  return undefined
}

function match(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position
  return pattern.exec(text)
}
