import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { createLocalFolder } from './local-folder.ts'

const parent = mkdtempSync(path.join(tmpdir(), 'gangway-target-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

it('makes the folder, writes the file and says what it wrote', async () => {
  const target = createLocalFolder(path.join(parent, 'new', 'folder'))
  const written = await target.write('a.ndjson', pieces('one\n', 'two\n'))
  expect(readFileSync(path.join(target.place, 'a.ndjson'), 'utf8')).toBe('one\ntwo\n')
  expect(written).toEqual({ bytes: 8, sha256: createHash('sha256').update('one\ntwo\n').digest('hex') })
  expect(readdirSync(target.place)).toEqual(['a.ndjson'])
})

it('leaves the file that was there until the new one is whole, and nothing behind when it fails', async () => {
  const target = createLocalFolder(parent)
  await target.write('b.ndjson', pieces('old'))
  async function* cut() {
    yield Buffer.from('ne')
    expect(readFileSync(path.join(parent, 'b.ndjson'), 'utf8')).toBe('old')
    throw new Error('cut')
  }
  await expect(target.write('b.ndjson', cut())).rejects.toThrow('cut')
  expect(readdirSync(parent).filter((name) => name.includes('b.ndjson'))).toEqual(['b.ndjson'])
  await target.write('b.ndjson', pieces('new'))
  expect(readFileSync(path.join(parent, 'b.ndjson'), 'utf8')).toBe('new')
})

it('race: two who write the same file leave a whole one', async () => {
  const target = createLocalFolder(parent)
  const long = Array.from({ length: 50 }, (_, n) => `line ${n}\n`)
  await Promise.all([target.write('c', pieces(...long)), target.write('c', pieces(...long))])
  expect(readFileSync(path.join(parent, 'c'), 'utf8')).toBe(long.join(''))
})

it('fails where there is no folder to be made', async () => {
  writeFileSync(path.join(parent, 'file'), '')
  const nowhere = createLocalFolder(path.join(parent, 'file', 'folder'))
  await expect(nowhere.write('a', pieces('x'))).rejects.toMatchObject({ code: 'EXPORT_TARGET_DENIED' })
})
