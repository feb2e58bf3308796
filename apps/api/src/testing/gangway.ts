import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import type { TestDatabase } from '@gangway/db/testing'
import { afterAll } from 'vitest'

const CLI = fileURLToPath(new URL('../main/cli.ts', import.meta.url))

export interface CommandResult {
  code: number | null
  out: string
  err: string
}

export interface Gangway {
  dataDir: string
  /** The command in a process of its own, without a terminal, to its end. */
  run(...args: string[]): Promise<CommandResult>
  /** The same with something on its standard input. */
  runWith(input: string, ...args: string[]): Promise<CommandResult>
  /** The same, with a Ctrl-C as soon as `text` stands in its output. */
  interruptAt(text: string, ...args: string[]): Promise<CommandResult>
}

/** The command line on a database of the calling file's own. */
export function gangwayOn({ urls, rootKey }: Pick<TestDatabase, 'urls' | 'rootKey'>, more: Record<string, string> = {}): Gangway {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-cli-'))
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }))
  const env = { DATABASE_URL: urls.owner, GANGWAY_ROOT_KEY: rootKey, DATA_DIR: dataDir, ...more }
  return {
    dataDir,
    run: (...args) => ended(startGangway(env, args)),
    runWith(input, ...args) {
      const child = startGangway(env, args, 'pipe')
      child.stdin?.end(input)
      return ended(child)
    },
    interruptAt(text, ...args) {
      const child = startGangway(env, args)
      let out = ''
      for (const stream of [child.stdout, child.stderr]) {
        stream?.on('data', (chunk) => {
          const before = out.includes(text)
          out += chunk
          if (!before && out.includes(text)) child.kill('SIGINT')
        })
      }
      return ended(child)
    },
  }
}

export function startGangway(
  env: Record<string, string>,
  args: readonly string[],
  stdin: 'ignore' | 'pipe' = 'ignore',
): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], {
    env: { PATH: [path.dirname(process.execPath), '/usr/bin', '/bin'].join(path.delimiter), ...env },
    stdio: [stdin, 'pipe', 'pipe'],
  })
}

export async function ended(child: ChildProcess): Promise<CommandResult> {
  let [out, err] = ['', '']
  child.stdout?.on('data', (chunk) => (out += chunk))
  child.stderr?.on('data', (chunk) => (err += chunk))
  await once(child, 'close')
  return { code: child.exitCode, out, err }
}
