import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'

/** Something that is asked about a copy of the project: whether it sees that anything is lost there. */
export type Witness = (copy: string) => Promise<'seen' | 'not seen'>

const WITHIN_MS = 300_000

/** Lines of the long suite, as `--only` chooses them. Those that are cut short, or try nothing, are no witnesses. */
export function longSuite(only: string): Witness {
  return async (copy) => {
    const { code, output } = await run(copy, ['tests/faults/main.ts', '--bail', '--seed', '1', '--only', only])
    if (code === 0) return 'not seen'
    if (/^lost {2}/m.test(output)) return 'seen'
    throw new Error(`the long suite ended without a result:\n${output.slice(-2000)}`)
  }
}

const resultsSchema = z.object({ numTotalTests: z.number(), numFailedTests: z.number(), numPassedTests: z.number() })

/** A test file of `npm test`. */
export function testFile(file: string): Witness {
  return async (copy) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'gangway-results-'))
    try {
      const json = path.join(folder, 'results.json')
      const args = ['node_modules/vitest/vitest.mjs', 'run', '--bail=1', '--reporter=json', `--outputFile=${json}`, file]
      const { output } = await run(copy, args)
      const results = resultsSchema.parse(JSON.parse(await readFile(json, 'utf8').catch(() => '{}')))
      if (results.numFailedTests > 0) return 'seen'
      if (results.numPassedTests > 0 && results.numPassedTests === results.numTotalTests) return 'not seen'
      throw new Error(`${file} ended without a result:\n${output.slice(-2000)}`)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** Runs a program of the copy with this Node.js. A program that does not end is ended. */
function run(copy: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] })
    const timer = setTimeout(() => child.kill(), WITHIN_MS)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output })
    })
  })
}
