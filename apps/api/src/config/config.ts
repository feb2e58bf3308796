import os from 'node:os'
import path from 'node:path'
import { parseEnv } from './env.ts'
import { loadSecrets, type Secrets } from './secrets.ts'

export interface Config {
  dataDir: string
  /** `embedded` comes with the product; `external` is given by DATABASE_URL, the address of the tables' owner. */
  database: { provider: 'embedded' } | { provider: 'external'; ownerUrl: string }
  billing: { provider: 'sandbox'; webhookSecret: string }
  warehouse: { provider: 'postgres' }
  vault: { provider: 'local' }
  mail: { provider: 'outbox' }
  host: string
  ports: { api: Port; web: Port; admin: Port }
  /** Without a slash at the end; undefined where the ports tell. */
  publicUrls: { api?: string; web?: string; admin?: string }
  admin: { email: string }
  secrets: Secrets
  lockTtlMs: number
  /** Sign-ins, sign-ups and resets, each, from one address. */
  authAttemptsPerMinute: number
  logLevel: string
  /** Names this process in locks and logs. */
  processName: string
}

export interface Port {
  number: number
  /** Somebody asked for this one: another is no replacement. */
  fixed: boolean
}

/** The only reader of the environment. Throws ConfigError with everything that is wrong. */
export function loadConfig(source: Record<string, string | undefined> = process.env): Config {
  const env = parseEnv(source)
  const dataDir = path.resolve(env.DATA_DIR ?? '.data')
  const secrets = loadSecrets(env, dataDir)
  return {
    dataDir,
    database: env.DATABASE_URL ? { provider: 'external', ownerUrl: env.DATABASE_URL } : { provider: 'embedded' },
    billing: { provider: 'sandbox', webhookSecret: secrets.sandboxWebhookSecret },
    warehouse: { provider: 'postgres' },
    vault: { provider: 'local' },
    mail: { provider: 'outbox' },
    host: env.HOST ?? 'localhost',
    ports: { api: portOr(env.API_PORT, 4000), web: portOr(env.WEB_PORT, 3000), admin: portOr(env.ADMIN_PORT, 3001) },
    publicUrls: {
      ...(env.PUBLIC_API_URL && { api: withoutSlash(env.PUBLIC_API_URL) }),
      ...(env.PUBLIC_WEB_URL && { web: withoutSlash(env.PUBLIC_WEB_URL) }),
      ...(env.PUBLIC_ADMIN_URL && { admin: withoutSlash(env.PUBLIC_ADMIN_URL) }),
    },
    admin: { email: env.ADMIN_EMAIL ?? 'admin@localhost.test' },
    secrets,
    lockTtlMs: (env.LOCK_TTL_SECONDS ?? 60) * 1000,
    authAttemptsPerMinute: env.AUTH_ATTEMPTS_PER_MINUTE ?? 30,
    logLevel: env.LOG_LEVEL ?? 'info',
    processName: `${os.hostname()}:${process.pid}`,
  }
}

function portOr(given: number | undefined, usual: number): Port {
  return given === undefined ? { number: usual, fixed: false } : { number: given, fixed: true }
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '')
}

/** Where people and their browsers find the three faces of the product. */
export function addresses(config: Config): { api: string; web: string; admin: string } {
  const at = (port: Port) => `http://localhost:${port.number}`
  return {
    api: config.publicUrls.api ?? at(config.ports.api),
    web: config.publicUrls.web ?? at(config.ports.web),
    admin: config.publicUrls.admin ?? at(config.ports.admin),
  }
}
