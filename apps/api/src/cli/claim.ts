import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../config/env.ts'

/** The product runs until it is stopped; a command is soon done. */
export type Holder = 'product' | 'command'

export class DataDirInUse extends ConfigError {
  readonly holder: Holder

  constructor(dataDir: string, { pid, holder }: { pid: number; holder: Holder }) {
    const who = holder === 'product' ? 'Gangway runs here already' : 'A gangway command works here'
    super(
      `${who} (pid ${pid}), with the data of ${dataDir}.\nStop it first, or give this one a data folder of its own with DATA_DIR.`,
    )
    this.holder = holder
  }
}

/** One process at a time has a data folder. Answers how to give it back; throws DataDirInUse when another has it. */
export function claimDataDir(dataDir: string, holder: Holder): () => void {
  const file = path.join(dataDir, 'gangway.pid')
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, `${process.pid} ${holder}\n`, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) break
      const found = readClaim(file)
      if (found && isGangway(found.pid)) throw new DataDirInUse(dataDir, found)
      if (found) rmSync(file, { force: true })
    }
  }
  throw new ConfigError(`${file} cannot be written. Check who may write in ${dataDir}.`)
}

/** Undefined when it was given back in the meantime. */
function readClaim(file: string): { pid: number; holder: Holder } | undefined {
  // One that is empty is being written at this moment.
  if (textOf(file) === '') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
  const text = textOf(file)
  if (text === undefined) return undefined
  const [pid, holder] = text.trim().split(' ')
  return { pid: Number(pid), holder: holder === 'command' ? holder : 'product' }
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** After a crash the pid may be some other program's by now. */
function isGangway(pid: number): boolean {
  if (!(pid > 1) || pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const commandLine = `/proc/${pid}/cmdline`
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('cli.ts')
}
