import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { answers, superuserUrl } from './database.ts'

/** How long a server may take to recover from a crash before it answers. */
export const START_TIMEOUT_MS = 120_000
export const STOP_TIMEOUT_MS = 15_000

export interface Postmaster {
  pid: number
  port: number
}

/** The server that a killed parent left behind, as soon as it answers. A pid file that names some other process is removed. */
export async function findPostmaster(
  cluster: string,
  password: string,
  notice: (message: string) => void,
): Promise<Postmaster | undefined> {
  const found = await readPidFile(cluster)
  if (!found) return undefined
  const deadline = Date.now() + START_TIMEOUT_MS
  while (serves(found.pid, cluster)) {
    if (await answers(superuserUrl(found.port, password, 'postgres'))) return found
    if (Date.now() > deadline)
      throw new Error(`The Postgres with pid ${found.pid} holds ${cluster} and does not answer. End it, then start again.`)
    await delay(100)
  }
  if (!existsSync(pidFile(cluster))) return undefined
  notice('The database was not shut down cleanly the last time. It recovers by itself.')
  // Of a dead server Postgres removes the file itself, once the last of its sessions is gone. A number that now is another's stops it.
  if (!(found.pid > 1) || isAlive(found.pid)) await rm(pidFile(cluster), { force: true })
  return undefined
}

/** SIGINT is Postgres's fast shutdown: sessions are cut, the cluster is left clean. */
export async function stopPostmaster(pid: number, cluster: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!serves(pid, cluster)) return
    process.kill(pid, signal)
    const deadline = Date.now() + STOP_TIMEOUT_MS
    while (serves(pid, cluster) && Date.now() < deadline) await delay(20)
  }
}

function pidFile(cluster: string): string {
  return path.join(cluster, 'postmaster.pid')
}

// https://www.postgresql.org/docs/current/storage-file-layout.html: line 1 is the pid, line 4 the port.
async function readPidFile(cluster: string): Promise<Postmaster | undefined> {
  const file = pidFile(cluster)
  if (!existsSync(file)) return undefined
  let lines = readFileSync(file, 'utf8').split('\n')
  if (lines.length < 4) {
    // A server that starts at this moment is about to fill it.
    await delay(300)
    if (!existsSync(file)) return undefined
    lines = readFileSync(file, 'utf8').split('\n')
  }
  return { pid: Number(lines[0]), port: Number(lines[3]) }
}

/** True while `pid` is the Postgres of this cluster. A zombie is not, nor is a process that got the number later. */
export function serves(pid: number, cluster: string): boolean {
  if (!(pid > 1) || !existsSync(cluster)) return false
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' })
    return !stdout.startsWith('Z') && stdout.includes(cluster)
  }
  try {
    // Postgres works in its data folder.
    return (
      readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres') &&
      readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    )
  } catch {
    return false
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
