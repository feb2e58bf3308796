import { type EmbeddedPostgres, startEmbeddedPostgres } from '@gangway/db/embedded'
import { setTimeout as delay } from 'node:timers/promises'
import type { Config } from '../config/config.ts'

const LOOK_EVERY_MS = 1000

export interface Database {
  ownerUrl: string
  stop(): Promise<void>
}

/** The external database, or the embedded one: started, watched, started again where it ends, and stopped at the end. */
export async function openDatabase(config: Config, onNotice: (message: string) => void): Promise<Database> {
  if (config.database.provider === 'external') return { ownerUrl: config.database.ownerUrl, stop: async () => {} }
  const options = { dataDir: config.dataDir, password: config.secrets.postgresPassword, onNotice }
  let postgres = await startEmbeddedPostgres(options)
  const { ownerUrl, port } = postgres
  const over = new AbortController()

  const watching = (async () => {
    while (!over.signal.aborted) {
      await delay(LOOK_EVERY_MS, undefined, { signal: over.signal }).catch(() => {})
      if (over.signal.aborted || postgres.isRunning()) continue
      onNotice('The database stopped. Starting it again…')
      postgres = await restart({ ...options, port }).catch((error: unknown) => {
        onNotice(error instanceof Error ? error.message : String(error))
        return postgres
      })
    }
  })()

  return {
    ownerUrl,
    async stop() {
      over.abort()
      await watching
      await postgres.stop()
    },
  }
}

async function restart(options: Parameters<typeof startEmbeddedPostgres>[0]): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres(options)
  options.onNotice?.('The database runs again. Nothing that was saved is lost.')
  return postgres
}
