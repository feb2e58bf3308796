import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Shell {
  /** Where cookie jars are kept. */
  folder: string
  env: Record<string, string>
}

/** Whether this machine has curl, in a version that knows `--json`. */
export function hasCurl(): boolean {
  try {
    const [, major, minor] = /^curl (\d+)\.(\d+)/.exec(execFileSync('curl', ['--version'], { encoding: 'utf8' })) ?? []
    return Number(major) > 7 || (Number(major) === 7 && Number(minor) >= 82)
  } catch {
    return false
  }
}

/** What the real curl prints for a command. */
export function runCurl(command: string, { folder, env }: Shell): Promise<string> {
  return new Promise((resolve, reject) => {
    // The path to programs is inherited: only what the example names is set.
    const named = Object.entries(env).map(([name, value]) => `export ${name}='${value}'; `)
    const script = named.join('') + command.replace(/^curl /, 'curl -sS ')
    execFile('sh', ['-c', script], { cwd: folder }, (error, stdout) => (error ? reject(error) : resolve(stdout)))
  })
}

/** The same by fetch, for the options that the documents use. */
export async function fetchLikeCurl(command: string, { folder, env }: Shell): Promise<string> {
  const [program, ...words] = wordsOf(command, env)
  if (program !== 'curl') throw new Error(`not a call of curl: ${command}`)
  const headers = new Headers()
  let [url, body, keep, method]: (string | undefined)[] = []
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-H') headers.append(...headerOf(words.shift()))
    else if (word === '-X') method = words.shift()
    else if (word === '-c') keep = words.shift()
    else if (word === '-b') headers.set('cookie', readFileSync(path.join(folder, words.shift() ?? ''), 'utf8'))
    else if (word === '--json') body = words.shift()
    else if (word.startsWith('-')) throw new Error(`an option that is not known here: ${word}`)
    else url = word
  }
  if (body !== undefined) headers.set('content-type', 'application/json')
  const response = await fetch(url ?? '', {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body !== undefined && { body }),
  })
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  if (keep) writeFileSync(path.join(folder, keep), cookies.join('; '))
  return response.text()
}

function headerOf(line = ''): [string, string] {
  const colon = line.indexOf(':')
  return [line.slice(0, colon), line.slice(colon + 1).trim()]
}

/** Words as a shell makes them: quotes, variables, and lines that go on. */
export function wordsOf(command: string, env: Record<string, string>): string[] {
  const words: string[] = []
  const part = /\s+|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\\n|([^\s'"]+)/gs
  let word: string | undefined
  for (const [whole, single, double, bare] of command.matchAll(part)) {
    if (whole === '\\\n') continue
    if (/^\s/.test(whole)) {
      if (word !== undefined) words.push(word)
      word = undefined
    } else word = (word ?? '') + (single ?? expand(double?.replaceAll(/\\(["\\$])/g, '$1') ?? bare ?? '', env))
  }
  return word === undefined ? words : [...words, word]
}

function expand(text: string, env: Record<string, string>): string {
  return text.replaceAll(/\$(\w+)/g, (_, name: string) => env[name] ?? '')
}
