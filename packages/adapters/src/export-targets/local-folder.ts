import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ExportTarget } from '@gangway/core/ports'
import { writeThrough } from './write-through.ts'

/** A folder of this machine, or one that is mounted. */
export function createLocalFolder(folder: string): ExportTarget {
  const place = path.resolve(folder)
  return {
    place,
    write: (name, content) =>
      writeThrough(content, async (counted) => {
        await mkdir(place, { recursive: true })
        // Two processes may write the same file at the same time: each has a name of its own until it is whole.
        const temporary = path.join(place, `.${name}.${randomBytes(6).toString('hex')}.part`)
        try {
          await writeAll(temporary, counted)
          await rename(temporary, path.join(place, name))
          await syncFolder(place)
        } catch (error) {
          await rm(temporary, { force: true })
          throw error
        }
      }),
  }
}

async function writeAll(file: string, content: AsyncIterable<Buffer>): Promise<void> {
  const output = await open(file, 'wx')
  try {
    for await (const piece of content) await output.writeFile(piece)
    await output.sync()
  } finally {
    await output.close()
  }
}

/** A rename is on the disk when its folder is. Windows has no such thing. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
