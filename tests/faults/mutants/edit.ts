import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Edit } from './mutants.ts'

const MIGRATIONS = 'packages/db/src/migrations'

/** Changes the files below `root`. Throws where a text does not stand there once: then the code has moved on, and the mutant has to follow. */
export async function applyEdits(root: string, edits: readonly Edit[]): Promise<void> {
  for (const edit of edits) await writeFile(path.join(root, await fileOf(root, edit)), await edited(root, edit))
}

/** The file as it is with the change. */
export async function edited(root: string, edit: Edit): Promise<string> {
  const file = await fileOf(root, edit)
  const [before, after, ...more] = (await readFile(path.join(root, file), 'utf8')).split(edit.text)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} does not hold this text once:\n${edit.text}`)
  return `${before}${edit.by}${after}`
}

async function fileOf(root: string, { file }: Edit): Promise<string> {
  if (typeof file === 'string') return file
  const names = (await readdir(path.join(root, MIGRATIONS))).filter((name) => name.endsWith('.sql')).toSorted()
  for (const name of names.toReversed()) {
    const migration = path.join(MIGRATIONS, name)
    if ((await readFile(path.join(root, migration), 'utf8')).includes(file.migrationWith)) return migration
  }
  throw new Error(`no migration says ${file.migrationWith}`)
}
