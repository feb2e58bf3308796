import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { chmod, open } from 'node:fs/promises'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Account } from './account.ts'
import type { Binaries } from './binaries.ts'
import { answers, superuserUrl } from './database.ts'
import { type Postmaster, START_TIMEOUT_MS, STOP_TIMEOUT_MS } from './postmaster.ts'

/** What passes by itself: the port went to somebody else, or the sessions of a killed server are not gone yet. */
const PASSING = /Address already in use|shared memory block .* still in use|lock file "postmaster.pid" already exists/

export interface Server {
  cluster: string
  binaries: Binaries
  account: Account | undefined
  password: string
  port: number | undefined
  logFile: string
  disposable: boolean
}

/** Starts a server for the cluster. Undefined when it ended for a reason that passes by itself; throws for any other. */
export async function launchServer(server: Server): Promise<Postmaster | undefined> {
  const port = server.port ?? (await freePort())
  const logged = existsSync(server.logFile) ? statSync(server.logFile).size : 0
  const child = await spawnServer(server, port)
  if (child.pid === undefined) throw new Error(`Postgres could not be started: ${server.binaries.postgres} cannot be run.`)
  if (await becomesReady(child, superuserUrl(port, server.password, 'postgres'))) {
    child.unref()
    return { pid: child.pid, port }
  }
  await end(child)
  const words = readFileSync(server.logFile, 'utf8').slice(logged)
  if (PASSING.test(words)) return undefined
  throw new Error(`Postgres did not start. Its last words:\n${words.trimEnd().split('\n').slice(-8).join('\n') || '(none)'}`)
}

async function becomesReady(child: ChildProcess, url: string): Promise<boolean> {
  const deadline = Date.now() + START_TIMEOUT_MS
  try {
    while (!hasEnded(child) && Date.now() < deadline) {
      if (await answers(url)) return true
      await delay(25)
    }
    return false
  } catch (error) {
    await end(child)
    throw error
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGINT')
  const patience = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(patience)
}

async function spawnServer({ cluster, binaries, account, logFile, disposable }: Server, port: number): Promise<ChildProcess> {
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
    env: { LC_ALL: 'C', TZ: 'UTC' },
  })
  child.on('error', () => {})
  await log.close()
  return child
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
