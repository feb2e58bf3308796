import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readlinkSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { openSql } from '@gangway/db/client'
import { startEmbeddedPostgres } from '@gangway/db/embedded'
import { migrate } from '@gangway/db/migrate'
import { roleUrl } from '@gangway/db/roles'
import type { Sql } from 'postgres'

export interface Database {
  /** The owner of the tables. */
  ownerUrl: string
  /** The role that serves requests. */
  appUrl: string
  superuserUrl: string
}

export interface Cluster {
  /** Of the postmaster. */
  pid: number
  folder: string
  fileSystem: string
  version: string
  /** What decides how dear a commit is. */
  settings: string
  rootKey: string
  /** A migrated database of its own for whoever is measured. */
  database(name: string): Promise<Database>
  /** One without any table, for those who bring their own. */
  emptyDatabase(name: string): Promise<Database>
  close(): Promise<void>
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** File systems that forget: a commit costs nothing there. */
const IN_MEMORY = new Map([
  [0x01021994, 'tmpfs'],
  [0x858458f6, 'ramfs'],
])
const ON_DISK = new Map([
  [0xef53, 'ext4'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x794c7630, 'overlay'],
  [0x2fc12fc1, 'zfs'],
])

/** The product's own embedded Postgres with the settings that it has in production, on a disk, for as long as the benchmark runs. */
export async function startCluster(): Promise<Cluster> {
  const { parent, fileSystem } = placeOnDisk()
  const folder = mkdtempSync(path.join(parent, 'gangway-bench-'))
  chmodSync(folder, 0o755)
  const rootKey = randomBytes(24).toString('base64url')
  const postgres = await startEmbeddedPostgres({ dataDir: folder, password: randomBytes(12).toString('hex') })
  await migrate({ ownerUrl: postgres.ownerUrl, rootKey })
  const admin = openSql({ url: within(postgres.superuserUrl, 'postgres'), name: 'bench-admin' })

  async function stop(): Promise<void> {
    await postgres.stop()
    remove(folder)
  }
  /** The server is in a group of its own, and would outlive a benchmark that is broken off. */
  const abandon = () => void stop().finally(() => process.exit(130))
  for (const name of SIGNALS) process.once(name, abandon)

  async function create(name: string, template: string): Promise<Database> {
    await admin.unsafe(`create database ${name} template ${template} owner gangway_owner`)
    const ownerUrl = within(postgres.ownerUrl, name)
    return { ownerUrl, appUrl: roleUrl(ownerUrl, rootKey, 'app'), superuserUrl: within(postgres.superuserUrl, name) }
  }

  return {
    pid: postgres.pid,
    folder,
    fileSystem,
    rootKey,
    version: `PostgreSQL ${await setting(admin, 'server_version')}`,
    settings: await durability(admin),
    database: (name) => create(name, 'gangway'),
    emptyDatabase: (name) => create(name, 'template0'),
    async close() {
      for (const name of SIGNALS) process.off(name, abandon)
      await admin.end()
      await stop()
    },
  }
}

function placeOnDisk(): { parent: string; fileSystem: string } {
  for (const parent of [tmpdir(), '/var/tmp', path.dirname(fileURLToPath(import.meta.url))]) {
    const type = statfsSync(parent, { bigint: false }).type
    if (!IN_MEMORY.has(type)) return { parent, fileSystem: ON_DISK.get(type) ?? `file system 0x${type.toString(16)}` }
  }
  throw new Error('There is no folder on a disk to put the database in: commits are what is measured.')
}

async function durability(admin: Sql): Promise<string> {
  const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers']
  return (await Promise.all(names.map(async (name) => `${name}=${await setting(admin, name)}`))).join(' ')
}

async function setting(admin: Sql, name: string): Promise<string> {
  const [row] = await admin<{ value: string }[]>`select current_setting(${name}) as value`
  return row?.value ?? '?'
}

function within(url: string, database: string): string {
  return Object.assign(new URL(url), { pathname: `/${database}` }).toString()
}

/** The cluster may be behind a link, where root's folder is closed to Postgres. */
function remove(folder: string): void {
  const cluster = path.join(folder, 'postgres')
  try {
    rmSync(path.dirname(path.resolve(folder, readlinkSync(cluster))), { recursive: true, force: true })
  } catch {
    // Not a link: it goes with the folder.
  }
  rmSync(folder, { recursive: true, force: true })
}
