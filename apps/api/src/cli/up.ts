import { existsSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { bootstrap, bootstrapStatus } from '@gangway/core/bootstrap'
import { migrate } from '@gangway/db/migrate'
import { ensureFirstAdmin } from '../auth/first-admin.ts'
import { compose } from '../compose.ts'
import { addresses, type Config, loadConfig } from '../config/config.ts'
import { secretsFile } from '../config/secrets.ts'
import { buildServer } from '../http/server.ts'
import { startWorker } from '../jobs/worker.ts'
import { openLog } from '../log.ts'
import { claimDataDir } from './claim.ts'
import { Closing } from './closing.ts'
import { openDatabase } from './database.ts'
import { choosePorts } from './ports.ts'
import { startWebApps } from './web-apps.ts'

const READY_TIMEOUT_MS = 60_000
const NOT_SYNCED =
  'A table of the warehouse differs from its declaration, so nobody can be onboarded; `npm run gangway -- bootstrap` says which.'

/** The whole product in this process and two for the pages, until the signal is aborted. */
export async function up(say: (line: string) => void, signal: AbortSignal): Promise<void> {
  const closing = new Closing()
  try {
    const given = loadConfig()
    const first = !existsSync(path.join(given.dataDir, 'postgres'))
    closing.add(claimDataDir(given.dataDir, 'product'))
    const ports = await choosePorts(given, (name, from, to) => say(`Port ${from} is in use; the ${name} takes ${to}.`))
    const config: Config = { ...given, ports }
    const log = openLog(config.logLevel, 'gangway', path.join(config.dataDir, 'gangway.log'))

    if (first) say('Creating the database…')
    const database = await openDatabase(config, say)
    closing.add(() => database.stop())
    await migrate({ ownerUrl: database.ownerUrl, rootKey: config.secrets.rootKey })

    const pages = startWebApps(config, say)
    closing.add(() => pages.stop())
    const app = await compose({ config, log, ownerUrl: database.ownerUrl, part: 'app' })
    closing.add(() => app.close())
    const worker = await compose({ config, log, ownerUrl: database.ownerUrl, part: 'worker' })
    closing.add(() => worker.close())

    if ((await bootstrapStatus(app.contexts.bootstrap)).status !== 'SYNCED') {
      say('Setting up the warehouse…')
      const { status } = await bootstrap(app.contexts.bootstrap)
      if (status !== 'SYNCED') say(NOT_SYNCED)
    }
    const madeAdmin = await ensureFirstAdmin({ auth: app.auth, base: app.contexts.base, config })

    const server = await buildServer(app)
    await server.listen({ port: ports.api.number, host: config.host })
    closing.add(() => server.close())
    const jobs = await startWorker(worker)
    closing.add(() => jobs.stop())

    await healthy(config, signal)
    if (signal.aborted) return
    sayReady(say, config, madeAdmin)
    await aborted(signal)
    say('Stopping…')
  } finally {
    await closing.close()
  }
}

/** Asks the three faces as a visitor would, before anybody is told to visit. */
async function healthy(config: Config, signal: AbortSignal): Promise<void> {
  const { ports } = config
  const urls = [
    `http://localhost:${ports.api.number}/health/ready`,
    `http://localhost:${ports.web.number}/sign-in`,
    `http://localhost:${ports.admin.number}/sign-in`,
  ]
  await Promise.all(urls.map((url) => answersOk(url, signal)))
}

async function answersOk(url: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (!signal.aborted) {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined)
    if (response?.ok) return
    if (Date.now() > deadline) throw new Error(`${url} did not answer within a minute.`)
    await delay(100)
  }
}

function sayReady(say: (line: string) => void, config: Config, madeAdmin: boolean): void {
  const { web, admin, api } = addresses(config)
  say('')
  say('Gangway is ready.')
  say('')
  say(`  Customers  ${web}`)
  say(`  Staff      ${admin}`)
  say(`  API        ${api}`)
  say('')
  say(`  Staff sign in as ${config.admin.email}`)
  if (madeAdmin) say(`  with the password ${config.secrets.adminPassword}`)
  else say(`  with the password of the first start (adminPassword in ${secretsFile(config.dataDir)}, unless it was changed)`)
  say('')
  say(`  Data, logs and generated secrets are in ${config.dataDir}. Stop with Ctrl-C.`)
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
