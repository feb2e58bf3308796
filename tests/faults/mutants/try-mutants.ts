import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { applyEdits } from './edit.ts'
import { type Mutant, MUTANTS } from './mutants.ts'
import { longSuite, testFile, type Witness } from './witness.ts'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const execute = promisify(execFile)

const CALM = longSuite('calm')
const SHORT = testFile('tests/faults/short.test.ts')
const MODEL = testFile('packages/core/src/provisioning/run-machine.model.test.ts')

/**
 * Breaks each guarantee in a copy of the last commit, and asks whether the suite sees it. Prints a line for each; true when
 * all were seen, and nothing is seen where nothing is broken.
 */
export async function tryMutants(only?: string): Promise<boolean> {
  const mutants = MUTANTS.filter(({ name }) => only === undefined || name.includes(only))
  const copy = await makeCopy()
  try {
    console.log('calm      long      short     model')
    let good = await isBlameless(copy, mutants)
    for (const mutant of mutants) {
      await applyEdits(copy, mutant.edits)
      good = (await isSeen(copy, mutant)) && good
      await execute('git', ['checkout', '--quiet', '.'], { cwd: copy })
    }
    return good && mutants.length > 0
  } finally {
    await rm(copy, { recursive: true, force: true })
  }
}

async function makeCopy(): Promise<string> {
  const copy = await mkdtemp(path.join(tmpdir(), 'gangway-mutants-'))
  await execute('git', ['clone', '--quiet', ROOT, copy])
  // Any command of the project installs what it needs first.
  await execute(process.execPath, ['tooling/run.mjs', 'gangway', '--help'], { cwd: copy })
  return copy
}

/** Whoever sees something where nothing is broken is no witness. */
async function isBlameless(copy: string, mutants: readonly Mutant[]): Promise<boolean> {
  const answers: Answers = { calm: await CALM(copy), long: 'not seen', short: await SHORT(copy), model: await MODEL(copy) }
  for (const long of new Set(mutants.map((mutant) => mutant.long)))
    if ((await longSuite(long)(copy)) === 'seen') answers.long = 'seen'
  console.log(row('nothing is broken', answers))
  return Object.values(answers).every((answer) => answer === 'not seen')
}

/** Where nothing goes wrong it has to work as ever: a mutant that cannot even do that proves nothing. */
async function isSeen(copy: string, { name, long, model }: Mutant): Promise<boolean> {
  const answers: Answers = { calm: await CALM(copy), long: await longSuite(long)(copy), short: await SHORT(copy) }
  if (model) answers.model = await MODEL(copy)
  console.log(row(name, answers))
  const { calm, ...others } = answers
  return calm === 'not seen' && Object.values(others).every((answer) => answer === 'seen')
}

interface Answers {
  calm: Answer
  long: Answer
  short: Answer
  model?: Answer
}
type Answer = Awaited<ReturnType<Witness>>

function row(name: string, { calm, long, short, model }: Answers): string {
  const cells = [calm === 'seen' ? 'FAILS' : 'works', long, short, model ?? '–']
  return `${cells.map((cell) => cell.padEnd(10)).join('')}${name}`
}
