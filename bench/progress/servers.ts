import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Cluster, Database } from '../cluster.ts'

export type ServerName = 'gangway' | 'floor' | 'polling'

/** After a garbage collection; bytes. */
export interface Usage {
  rss: number
  heap: number
  cpuMs: number
}

export interface Server {
  url: string
  usage(): Promise<Usage>
  close(): Promise<void>
}

const SCRIPTS: Record<ServerName, string> = {
  gangway: '../../apps/api/src/main/server.ts',
  floor: 'floor-server.ts',
  polling: 'polling-server.ts',
}
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url))

/** A server in a process of its own; the product's is the one that it has in production. */
export async function startServer(name: ServerName, cluster: Cluster, database: Database): Promise<Server> {
  const port = await freePort()
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-bench-api-'))
  const child = fork(here(SCRIPTS[name]), [], {
    execArgv: ['--expose-gc', '--import', here('memory-probe.ts')],
    env: {
      ...{
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        DATABASE_URL: database.ownerUrl,
        APP_URL: database.appUrl,
        DATA_DIR: dataDir,
      },
      ...{
        GANGWAY_ROOT_KEY: cluster.rootKey,
        API_PORT: String(port),
        HOST: '127.0.0.1',
        AUTH_ATTEMPTS_PER_MINUTE: '10000',
        LOG_LEVEL: 'error',
      },
    },
  })
  const ended = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  await until(async () => (await fetch(`${url}/health/ready`)).ok)
  return {
    url,
    async usage() {
      const answer = once(child, 'message')
      child.send('usage')
      const [usage]: Usage[] = await answer
      if (!usage) throw new Error(`${name} did not say what it uses`)
      return usage
    },
    async close() {
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 15_000)
      await ended
      clearTimeout(patience)
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await condition().catch(() => false)) return
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
