import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Interrupted } from './command-failure.ts'

/** A question in the terminal; anything but yes is no. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `, { signal })
  return /^y(es)?$/i.test(answer.trim())
}

/** What somebody types, which is not shown. */
export async function askSecret(question: string, signal: AbortSignal): Promise<string> {
  process.stderr.write(question)
  const answer = await ask('', { signal, hidden: true })
  process.stderr.write('\n')
  return answer
}

async function ask(question: string, { signal, hidden = false }: { signal: AbortSignal; hidden?: boolean }): Promise<string> {
  const output = hidden ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr
  const reader = createInterface({ input: process.stdin, output, terminal: process.stdin.isTTY })
  // In raw mode Ctrl-C is a key like any other: the reader tells of it.
  const interrupted = new AbortController()
  reader.on('SIGINT', () => interrupted.abort())
  try {
    return await reader.question(question, { signal: AbortSignal.any([signal, interrupted.signal]) })
  } catch {
    throw new Interrupted()
  } finally {
    reader.close()
  }
}
