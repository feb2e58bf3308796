import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../apps/api/src/main/cli.ts', import.meta.url))
const START_TIMEOUT_MS = 90_000

export interface ProductOptions {
  dataDir: string
  ports: { api: number; web: number; admin: number }
  env?: Record<string, string>
}

export interface Product {
  dataDir: string
  urls: { api: string; web: string; admin: string }
  process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** The embedded database, as its superuser. */
  superuserUrl(): string
  /** Ctrl-C, and the wait for the last process to end. Answers the exit code. */
  stop(): Promise<number | null>
}

/** Starts the built product as `npm start` does, on a data folder and ports of its own, and waits until it says that it is ready. */
export async function startProduct({ dataDir, ports, env }: ProductOptions): Promise<Product> {
  const child = spawn(process.execPath, [CLI, 'up'], {
    env: {
      ...{ PATH: process.env['PATH'], HOME: process.env['HOME'], DATA_DIR: dataDir, LOG_LEVEL: 'info' },
      ...{ API_PORT: String(ports.api), WEB_PORT: String(ports.web), ADMIN_PORT: String(ports.admin) },
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  await new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready in time:\n${output}`)), START_TIMEOUT_MS)
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('Gangway is ready.')) {
        clearTimeout(late)
        resolve()
      }
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    void ended.then((code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
  return {
    dataDir,
    process: child,
    urls: { api: at(ports.api), web: at(ports.web), admin: at(ports.admin) },
    output: () => output,
    superuserUrl() {
      const port = readFileSync(path.join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3]
      return `postgres://postgres:${secrets(dataDir).postgresPassword}@127.0.0.1:${port}/gangway`
    },
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

export function newDataDir(): string {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'gangway-e2e-'))
  // Run by root, the database's own account must get in.
  chmodSync(dataDir, 0o755)
  return dataDir
}

export function removeDataDir(dataDir: string): void {
  rmSync(dataDir, { recursive: true, force: true })
}

/** What the first start generated. */
export function secrets(dataDir: string): { adminPassword: string; postgresPassword: string } {
  return JSON.parse(readFileSync(path.join(dataDir, 'secrets.json'), 'utf8'))
}

/** Where the tests' own product is, and how its first admin signs in. */
export function staff(): { apiUrl: string; adminUrl: string; email: string; password: string } {
  return {
    apiUrl: process.env['E2E_API_URL'] ?? '',
    adminUrl: process.env['E2E_ADMIN_URL'] ?? '',
    email: 'admin@localhost.test',
    password: process.env['E2E_ADMIN_PASSWORD'] ?? '',
  }
}

export async function freePorts(): Promise<ProductOptions['ports']> {
  const [api, web, admin] = await Promise.all([freePort(), freePort(), freePort()])
  return { api, web, admin }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, 'localhost', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject(new Error('no port'))))
    })
  })
}

function at(port: number): string {
  return `http://localhost:${port}`
}
