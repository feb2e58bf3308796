import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chown, lstat, mkdir, readdir, readlink, rename, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type Account, canEnter } from './account.ts'
import type { Binaries } from './binaries.ts'
import { SUPERUSER } from './database.ts'
import { isAlive } from './postmaster.ts'
import { ensureSharedFolder, SHARED_FOLDER } from './shared-folder.ts'

type Notice = (message: string) => void

/** The folder of the cluster: `<dataDir>/postgres`, or where a link of that name leads when the account cannot enter `dataDir`. */
export async function placeCluster(dataDir: string, account: Account | undefined, notice: Notice): Promise<string> {
  const usual = path.join(dataDir, 'postgres')
  if (!account) return usual
  const cluster = (await linkedPlace(usual)) ?? (canEnter(account, dataDir) ? usual : await moveElsewhere(usual, account, notice))
  // A linked folder is not there at first, or went with a machine that was made anew.
  if (!existsSync(path.dirname(cluster))) await makeFolder(path.dirname(cluster), account)
  // A copy that root made of the folder is root's.
  const owner = await stat(cluster).catch(() => undefined)
  if (owner?.uid === 0) spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, cluster])
  return cluster
}

async function linkedPlace(usual: string): Promise<string | undefined> {
  const found = await lstat(usual).catch(() => undefined)
  return found?.isSymbolicLink() ? path.resolve(path.dirname(usual), await readlink(usual)) : undefined
}

async function moveElsewhere(usual: string, account: Account, notice: Notice): Promise<string> {
  const cluster = path.join(SHARED_FOLDER, randomBytes(8).toString('hex'), 'postgres')
  if (existsSync(usual)) {
    await makeFolder(path.dirname(cluster), account)
    // Not a rename: that cannot leave the file system.
    const moved = spawnSync('mv', [usual, cluster], { encoding: 'utf8' })
    if (moved.status !== 0) throw new Error(`The database could not be moved from ${usual} to ${cluster}: ${moved.stderr}`)
  }
  await symlink(cluster, usual)
  notice(`Postgres does not run as root, and no other account can enter ${path.dirname(usual)}: the database is in ${cluster}.`)
  return cluster
}

async function makeFolder(folder: string, account: Account): Promise<void> {
  await ensureSharedFolder()
  await mkdir(folder, { recursive: true })
  await chown(folder, account.uid, account.gid)
}

/** A cluster is made under another name and renamed, so a folder without its control file is somebody else's accident. */
export async function repairCluster(cluster: string, notice: Notice): Promise<void> {
  if (!existsSync(cluster) || existsSync(path.join(cluster, 'global', 'pg_control'))) return
  if ((await readdir(cluster)).length === 0) return
  const aside = `${cluster}.broken-${randomBytes(4).toString('hex')}`
  await rename(cluster, aside)
  notice(`The database in ${cluster} was incomplete and could not be started. It is kept as ${aside}; a new one takes its place.`)
}

export interface NewCluster {
  cluster: string
  binaries: Binaries
  account: Account | undefined
  /** The superuser's. */
  password: string
  /** Not worth waiting for the disk. */
  disposable: boolean
}

/** Makes the cluster where there is none. When two processes try at once, the first to finish wins. */
export async function ensureCluster({ cluster, binaries, account, password, disposable }: NewCluster): Promise<void> {
  if (existsSync(path.join(cluster, 'PG_VERSION'))) return
  await removeUnfinished(cluster)
  const fresh = `${cluster}.new-${process.pid}-${randomBytes(4).toString('hex')}`
  const passwordFile = `${fresh}.password`
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) {
    await chown(fresh, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const made = spawnSync(
    binaries.initdb,
    [
      ...['-D', fresh, '-U', SUPERUSER, '-E', 'UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
      ...(disposable ? ['--no-sync'] : []),
    ],
    { ...account, cwd: '/', encoding: 'utf8', env: { LC_ALL: 'C', TZ: 'UTC' } },
  )
  await rm(passwordFile, { force: true })
  if (made.status !== 0) {
    await rm(fresh, { recursive: true, force: true })
    throw new Error(`Postgres could not create its database in ${cluster}: ${made.stderr || made.error?.message}`)
  }
  await settle(fresh, cluster)
}

async function settle(fresh: string, cluster: string): Promise<void> {
  await rmdir(cluster).catch(() => {})
  try {
    await rename(fresh, cluster)
  } catch (error) {
    await rm(fresh, { recursive: true, force: true })
    if (!existsSync(path.join(cluster, 'PG_VERSION'))) throw error
  }
}

/** What a process left that was killed while it made a cluster. */
async function removeUnfinished(cluster: string): Promise<void> {
  const prefix = `${path.basename(cluster)}.new-`
  for (const name of await readdir(path.dirname(cluster))) {
    const maker = Number.parseInt(name.slice(prefix.length), 10)
    if (!name.startsWith(prefix) || isAlive(maker)) continue
    await rm(path.join(path.dirname(cluster), name), { recursive: true, force: true })
  }
}
