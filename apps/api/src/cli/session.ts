import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { classify } from '@gangway/core/errors'
import { startEmbeddedPostgres } from '@gangway/db/embedded'
import { migrate } from '@gangway/db/migrate'
import { compose, type Composition } from '../compose.ts'
import { type Config, loadConfig } from '../config/config.ts'
import { ConfigError } from '../config/env.ts'
import { signalled } from '../main/until-signalled.ts'
import { openLog } from '../log.ts'
import { systemIds } from '../system.ts'
import { claimDataDir, DataDirInUse } from './claim.ts'
import { Closing } from './closing.ts'
import { CommandFailure, Interrupted } from './command-failure.ts'

/** How long another command may take. */
const PATIENCE_MS = 60_000

/** What a command works with. */
export interface Session extends Pick<Composition, 'auth' | 'config' | 'contexts' | 'log' | 'queue'> {
  /** Where the tables' owner finds them. */
  ownerUrl: string
  /** Aborted by Ctrl-C. */
  signal: AbortSignal
}

/**
 * One command's work on the product's database: on that of the product which runs, or else on one that is started and
 * brought up to date for as long as it takes. Ctrl-C ends it, at once or, where the work `heeds` the signal, when the
 * work says so; everything that was opened is closed. What fails is in the log, under the id of the CommandFailure.
 */
export async function withSession<Result>(
  work: (session: Session) => Promise<Result>,
  { heeds = false }: { heeds?: boolean } = {},
): Promise<Result> {
  const signal = signalled()
  const given = loadConfig()
  const log = openLog(given.logLevel, 'gangway-cli', path.join(given.dataDir, 'gangway.log'))
  const closing = new Closing()
  try {
    const ownerUrl = await database(given, closing)
    const { auth, config, contexts, queue, close } = await compose({ config: given, log, ownerUrl, part: 'app' })
    closing.add(close)
    const working = work({ auth, config, contexts, log, queue, ownerUrl, signal })
    return await (heeds ? working : Promise.race([working, interruption(signal)]))
  } catch (error) {
    if (error instanceof ConfigError || error instanceof Interrupted) throw error
    const errorId = systemIds.errorId()
    log.error({ err: error, errorId, code: classify(error).code }, 'a command failed')
    throw new CommandFailure(errorId, error)
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
    const interrupt = () => reject(new Interrupted())
    if (signal.aborted) interrupt()
    else signal.addEventListener('abort', interrupt, { once: true })
  })
}
