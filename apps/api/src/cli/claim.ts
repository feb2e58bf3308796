import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ConfigError } from '../config/env.ts'

/** One product at a time works on a data folder. Answers how to give it back; throws ConfigError when it runs already. */
export function claimDataDir(dataDir: string): () => void {
  const file = path.join(dataDir, 'gangway.pid')
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) break
      const holder = Number(readFileSync(file, 'utf8'))
      if (isGangway(holder)) {
        throw new ConfigError(
          `Gangway runs here already (pid ${holder}), with the data of ${dataDir}.\nStop it first, or give this one a data folder of its own with DATA_DIR.`,
        )
      }
      rmSync(file, { force: true })
    }
  }
  throw new ConfigError(`${file} cannot be written. Check who may write in ${dataDir}.`)
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
