import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { serverAccount } from './account.ts'
import { reachableBinaries } from './binaries.ts'
import { ensureCluster, placeCluster, repairCluster } from './cluster.ts'
import { ensureDatabase, ownerUrl, superuserUrl } from './database.ts'
import { findPostmaster, type Postmaster, serves, START_TIMEOUT_MS, stopPostmaster } from './postmaster.ts'
import { launchServer, type Server } from './server.ts'

export interface EmbeddedOptions {
  /** Holds `postgres/` (the cluster) and `postgres.log`. */
  dataDir: string
  /** For the superuser and for the owner of the tables. Base64url or hexadecimal. */
  password: string
  /** For a server that takes another's place, so that connections find it again. Any free one unless told. */
  port?: number
  /** Trades safety for speed: for clusters that live as long as a test run. */
  disposable?: boolean
  /** Says what was repaired. */
  onNotice?: (message: string) => void
}

export interface EmbeddedPostgres {
  /** The address of the owner of the tables. */
  ownerUrl: string
  superuserUrl: string
  port: number
  pid: number
  /** True when a server that had outlived its parent was taken over. */
  reused: boolean
  isRunning(): boolean
  stop(): Promise<void>
}

/** Starts the Postgres that comes with the product, and creates its cluster and database on first use. */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { password, port: wantedPort, disposable = false, onNotice: notice = () => {} } = options
  const dataDir = path.resolve(options.dataDir)
  await mkdir(dataDir, { recursive: true })
  const account = serverAccount(path.join(dataDir, 'postgres'))
  const binaries = await reachableBinaries(account)
  const cluster = await placeCluster(dataDir, account, notice)
  await repairCluster(cluster, notice)
  await ensureCluster({ cluster, binaries, account, password, disposable })

  const server = {
    cluster,
    binaries,
    account,
    password,
    port: wantedPort,
    disposable,
    logFile: path.join(dataDir, 'postgres.log'),
  }
  const { pid, port, reused } = await findOrLaunch(server, notice)
  await ensureDatabase(port, password)
  return {
    ownerUrl: ownerUrl(port, password),
    superuserUrl: superuserUrl(port, password),
    port,
    pid,
    reused,
    isRunning: () => serves(pid, cluster),
    stop: () => stopPostmaster(pid, cluster),
  }
}

async function findOrLaunch(server: Server, notice: (message: string) => void): Promise<Postmaster & { reused: boolean }> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (let say = notice; Date.now() < deadline; say = () => {}) {
    const running = await findPostmaster(server.cluster, server.password, say)
    if (running) return { ...running, reused: true }
    const launched = await launchServer(server)
    if (launched) return { ...launched, reused: false }
    await delay(200)
  }
  throw new Error(`Postgres did not start: something still holds the database in ${server.cluster}.`)
}
