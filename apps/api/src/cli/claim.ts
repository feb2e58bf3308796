import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ConfigError } from '../config/env.ts'

const claimSchema = z.object({ pid: z.number().int(), web: z.string() })

/** One product at a time works on a data folder. Answers how to give it back; throws ConfigError when it runs already. */
export function claimDataDir(dataDir: string, web: string): () => void {
  const file = path.join(dataDir, 'gangway.pid')
  const mine = JSON.stringify({ pid: process.pid, web })
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(file, mine, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch {
      const holder = readClaim(file)
      if (holder && isGangway(holder.pid)) {
        throw new ConfigError(`Gangway runs here already (pid ${holder.pid}): ${holder.web}\nStop it first, or give this one a data folder of its own with DATA_DIR.`)
      }
      rmSync(file, { force: true })
    }
  }
  throw new ConfigError(`${file} cannot be written. Check who may write in ${dataDir}.`)
}

function readClaim(file: string): z.infer<typeof claimSchema> | undefined {
  if (!existsSync(file)) return undefined
  try {
    return claimSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** After a crash the pid may be some other program's by now. */
function isGangway(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  const commandLine = `/proc/${pid}/cmdline`
  return !existsSync(commandLine) || readFileSync(commandLine, 'utf8').includes('cli.ts')
}
