import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Cluster, Database } from '../cluster.ts'
import type { Saved, Turn } from './clients.ts'

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

export interface SaveServer {
  url: string
  /** What the server's process has used so far; milliseconds. */
  cpuMs(): Promise<number>
  profile(file: string): Promise<void>
  stopProfile(saves: number): Promise<void>
  close(): Promise<void>
}

/** The product's server in a process of its own, with the floor as a route of it. */
export async function startSaveServer(cluster: Cluster, database: Database): Promise<SaveServer> {
  const port = await freePort()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-bench-saves-'))
  const child = fork(here('save-server.ts'), [], {
    env: {
      ...{ PATH: process.env['PATH'], NODE_ENV: 'production', DATA_DIR: dataDir, GANGWAY_ROOT_KEY: cluster.rootKey },
      ...{ DATABASE_URL: database.ownerUrl, APP_URL: database.appUrl, API_PORT: String(port), HOST: '127.0.0.1' },
      ...{ AUTH_ATTEMPTS_PER_MINUTE: '10000', LOG_LEVEL: 'error' },
    },
  })
  const url = `http://127.0.0.1:${port}`
  await untilReady(url)
  return {
    url,
    cpuMs: async () => (await ask<{ cpuMs: number }>(child, { kind: 'cpu' })).cpuMs,
    profile: async (file) => void (await ask(child, { kind: 'profile', file })),
    stopProfile: async (count) => void (await ask(child, { kind: 'stop', count })),
    close: () => end(child, () => rmSync(dataDir, { recursive: true, force: true })),
  }
}

export function startClients(): { take(turn: Turn): Promise<Saved>; close(): Promise<void> } {
  const child = fork(here('clients.ts'))
  return { take: (turn) => ask<Saved>(child, turn), close: () => end(child) }
}

/** A child that ends before it answers fails the benchmark. */
async function ask<Answer>(child: ChildProcess, message: object): Promise<Answer> {
  const answer: Promise<Answer[]> = once(child, 'message')
  const over = new AbortController()
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error('a process of the benchmark ended early')
  })
  ended.catch(() => {})
  child.send(message)
  const [first] = await Promise.race([answer, ended])
  over.abort()
  if (first === undefined) throw new Error('a process of the benchmark said nothing')
  return first
}

async function end(child: ChildProcess, after = () => {}): Promise<void> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await ended
  clearTimeout(patience)
  after()
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (response?.ok) return
    await delay(100)
  }
  throw new Error('the server did not become ready')
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
