import { execFileSync, fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../tests/e2e/product.ts'

const FOLDER = fileURLToPath(new URL('empty', import.meta.url))
const NEXT = createRequire(import.meta.url).resolve('next/dist/bin/next')
const ENV = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' }

/** Builds and serves an app of the same framework that has nothing in it but a heading. */
export async function startEmptyApp(): Promise<{ url: string; stop(): Promise<void> }> {
  execFileSync(process.execPath, [NEXT, 'build'], { cwd: FOLDER, env: ENV, stdio: 'ignore' })
  const port = await freePort()
  const child = fork(NEXT, ['start', '--port', String(port), '--hostname', 'localhost'], { cwd: FOLDER, env: ENV, silent: true })
  const url = `http://localhost:${port}`
  for (let tries = 0; tries < 300; tries++) {
    const response = await fetch(url).catch(() => undefined)
    if (response?.ok) break
    await delay(100)
  }
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}
