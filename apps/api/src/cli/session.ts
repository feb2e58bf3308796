import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startEmbeddedPostgres } from '@gangway/db/embedded'
import { migrate } from '@gangway/db/migrate'
import { compose, type Contexts } from '../compose.ts'
import { type Config, loadConfig } from '../config/config.ts'
import { ConfigError } from '../config/env.ts'
import { signalled } from '../main/until-signalled.ts'
import { openLog } from '../log.ts'
import { claimDataDir, DataDirInUse } from './claim.ts'
import { Closing } from './closing.ts'

/** How long another command may take. */
const PATIENCE_MS = 60_000

/**
 * One command's work on the product's database: on that of the product which runs, or else on one that is started and
 * brought up to date for as long as it takes. Ctrl-C ends it, and everything that was opened is closed.
 */
export async function withContexts<Result>(work: (contexts: Contexts) => Promise<Result>): Promise<Result> {
  const signal = signalled()
  const config = loadConfig()
  const log = openLog(config.logLevel, 'gangway-cli', path.join(config.dataDir, 'gangway.log'))
  const closing = new Closing()
  try {
    const ownerUrl = await database(config, closing)
    const { contexts, close } = await compose({ config, log, ownerUrl, part: 'app' })
    closing.add(close)
    return await Promise.race([work(contexts), interruption(signal)])
  } finally {
    await closing.close()
  }
}

async function database(config: Config, closing: Closing): Promise<string> {
  const { rootKey, postgresPassword } = config.secrets
  if (config.database.provider === 'external') {
    await migrate({ ownerUrl: config.database.ownerUrl, rootKey })
    return config.database.ownerUrl
  }
  const release = await claim(config.dataDir)
  if (release) closing.add(release)
  const onNotice = (message: string) => console.error(message)
  const postgres = await startEmbeddedPostgres({ dataDir: config.dataDir, password: postgresPassword, onNotice })
  // A product that runs has migrated its database, and stops it when it ends.
  if (release) {
    closing.add(() => postgres.stop())
    await migrate({ ownerUrl: postgres.ownerUrl, rootKey })
  }
  return postgres.ownerUrl
}

/** Undefined beside a product that runs. Another command is waited for: it stops the database when it ends. */
async function claim(dataDir: string): Promise<(() => void) | undefined> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      return claimDataDir(dataDir, 'command')
    } catch (error) {
      if (!(error instanceof DataDirInUse)) throw error
      if (error.holder === 'product') return undefined
      if (Date.now() > deadline) throw error
      await delay(100)
    }
  }
}

function interruption(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const interrupt = () => reject(new ConfigError('Interrupted.'))
    if (signal.aborted) interrupt()
    else signal.addEventListener('abort', interrupt, { once: true })
  })
}
