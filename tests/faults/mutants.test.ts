import path from 'node:path'
import { expect, it } from 'vitest'
import { edited } from './mutants/edit.ts'
import { MUTANTS } from './mutants/mutants.ts'

const ROOT = path.resolve(import.meta.dirname, '../..')

it.each(MUTANTS)('still fits the code: $name', async ({ edits }) => {
  for (const edit of edits) expect(await edited(ROOT, edit)).toContain(edit.by)
})
