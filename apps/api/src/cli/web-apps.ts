import { type ChildProcess, fork } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Config } from '../config/config.ts'
import { ConfigError } from '../config/env.ts'

const APPS = fileURLToPath(new URL('../../..', import.meta.url))
const END_WITH_PARENT = new URL('end-with-parent.mjs', import.meta.url).href
/** A page server that ends by itself is started again after this pause. */
const RESTART_MS = 1000

export interface WebApps {
  stop(): Promise<void>
}

/** Serves the two built Next apps, each in a process of its own that ends with this one. Throws where one is not built. */
export function startWebApps(config: Config, onNotice: (message: string) => void): WebApps {
  const apps = ['web', 'admin'] as const
  for (const app of apps)
    if (!existsSync(path.join(APPS, app, '.next', 'BUILD_ID')))
      throw new ConfigError(`apps/${app} is not built. \`npm start\` builds it.`)
  const over = new AbortController()
  const running = apps.map((app) => keepRunning(app, config, { onNotice, signal: over.signal }))
  return {
    async stop() {
      over.abort()
      await Promise.all(running)
    },
  }
}

async function keepRunning(
  app: 'web' | 'admin',
  config: Config,
  { onNotice, signal }: { onNotice: (message: string) => void; signal: AbortSignal },
): Promise<void> {
  const folder = path.join(APPS, app)
  while (!signal.aborted) {
    const child = startNext(folder, config, config.ports[app].number)
    const stop = () => child.kill('SIGTERM')
    signal.addEventListener('abort', stop, { once: true })
    await ended(child, signal)
    signal.removeEventListener('abort', stop)
    if (signal.aborted) return
    onNotice(`The ${app} pages stopped and are started again.`)
    await delay(RESTART_MS)
  }
}

function startNext(folder: string, config: Config, port: number): ChildProcess {
  const next = createRequire(path.join(folder, 'package.json')).resolve('next/dist/bin/next')
  const log = openSync(path.join(config.dataDir, 'web.log'), 'a')
  return fork(next, ['start', '--port', String(port), '--hostname', config.host], {
    cwd: folder,
    execArgv: ['--import', END_WITH_PARENT],
    stdio: ['ignore', log, log, 'ipc'],
    // A group of its own: Ctrl-C reaches this process, which ends the pages in its own order.
    detached: true,
    env: {
      PATH: path.dirname(process.execPath),
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      API_PORT: String(config.ports.api.number),
      ...(config.publicUrls.api && { PUBLIC_API_URL: config.publicUrls.api }),
    },
  })
}

async function ended(child: ChildProcess, signal: AbortSignal): Promise<void> {
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const patience = new AbortController()
  signal.addEventListener('abort', () => {
    void delay(5000, undefined, { signal: patience.signal }).then(
      () => child.kill('SIGKILL'),
      () => {},
    )
  })
  await exit
  patience.abort()
}
