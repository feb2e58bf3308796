import path from 'node:path'
import { capture } from './child.mjs'
import { NODE, PACKAGES_BIN, ROOT } from './places.mjs'
import { seconds } from './progress.mjs'

const bin = (name) => path.join(PACKAGES_BIN, name)
const script = (name) => [NODE, path.join(ROOT, 'tooling', name)]

/** Slowest first: two run at a time. */
const CHECKS = [
  ['types', bin('turbo'), 'run', 'typecheck', '--output-logs=errors-only', '--no-color', '--continue'],
  ['dead code', bin('knip'), '--no-progress'],
  ['lint', bin('oxlint')],
  ['format', bin('oxfmt'), '--check'],
  ['documents', ...script('check-docs.mjs')],
  ['migrations', ...script('check-migrations.mjs')],
]

/** Runs every check, says of each whether it passed, and what it said when it did not. */
export async function runChecks() {
  const waiting = [...CHECKS]
  const counts = { passed: 0, failed: 0 }
  await Promise.all([1, 2].map(() => worker(waiting, counts)))
  return counts
}

async function worker(waiting, counts) {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [title, command, ...args] = check
    const began = performance.now()
    const { code, output } = await capture(command, args)
    counts[code === 0 ? 'passed' : 'failed'] += 1
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${title.padEnd(12)} ${seconds(began)}`)
    if (code !== 0) console.log(`${output.trim()}\n`)
  }
}
