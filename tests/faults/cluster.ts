import { randomBytes } from 'node:crypto'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@gangway/db/embedded'
import { migrate } from '@gangway/db/migrate'
import type { Place } from './site.ts'

/** How Postgres goes down: sessions cut and all written (`fast`), as at a power cut (`immediate`), or killed. */
export const WAYS_DOWN = ['fast', 'immediate', 'kill -9'] as const
const SIGNALS = { fast: 'SIGINT', immediate: 'SIGQUIT', 'kill -9': 'SIGKILL' } as const

export interface Cluster extends Place {
  port: number
  /** Down, away for a while, and up again at the same address, with what was committed. */
  restart(how: (typeof WAYS_DOWN)[number], awayMs: number): Promise<void>
  close(): Promise<void>
}

/** The product's own Postgres on a disk, as durable as in production, for as long as the suite runs. */
export async function startCluster(): Promise<Cluster> {
  const folder = await mkdtemp(path.join(tmpdir(), 'gangway-faults-'))
  await chmod(folder, 0o755)
  const [password, rootKey] = [randomBytes(12).toString('hex'), randomBytes(24).toString('base64url')]
  let postgres = await startEmbeddedPostgres({ dataDir: folder, password })
  const { port, ownerUrl, superuserUrl } = postgres
  await migrate({ ownerUrl, rootKey })
  return {
    ...{ folder, rootKey, port, ownerUrl, superuserUrl },
    async restart(how, awayMs) {
      process.kill(postgres.pid, SIGNALS[how])
      await gone(postgres)
      await delay(awayMs)
      postgres = await startEmbeddedPostgres({ dataDir: folder, password, port })
    },
    async close() {
      await postgres.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function gone(postgres: EmbeddedPostgres): Promise<void> {
  while (postgres.isRunning()) await delay(10)
}
