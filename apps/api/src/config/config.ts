import os from 'node:os'
import path from 'node:path'
import { type Env, parseEnv } from './env.ts'
import { loadSecrets, type Secrets } from './secrets.ts'

export interface Config {
  isProduction: boolean
  dataDir: string
  /** `embedded` comes with the product; `external` is given by DATABASE_URL, the address of the tables' owner. */
  database: { provider: 'embedded' } | { provider: 'external'; ownerUrl: string }
  billing: StripeConfig | { provider: 'sandbox'; webhookSecret: string }
  warehouse: BigQueryConfig | { provider: 'postgres' }
  vault: CloudKmsConfig | { provider: 'local'; rootKey: string; previousRootKeys: string[] }
  mail: { provider: 'smtp'; url: string; from: string } | { provider: 'outbox' }
  /** In place of the providers' own addresses. */
  providers: { openai?: string; anthropic?: string; gemini?: string }
  /** Where the answers of each day are left: a folder, or `gs://bucket/prefix`. Nowhere unless told. */
  answersExportPath?: string
  host: string
  ports: { api: Port; web: Port; admin: Port }
  /** Without a slash at the end; undefined where the ports tell. */
  publicUrls: { api?: string; web?: string; admin?: string }
  /** Who may say, by `X-Forwarded-For`, whom a request comes from; nobody where there are none. */
  trustedProxies: string[]
  admin: { email: string }
  secrets: Secrets
  lockTtlMs: number
  /** How long telemetry is kept. */
  telemetryDays: number
  /** How long the journals of runs that have ended are kept. */
  journalDays: number
  /** How long answers are kept after their completion; undefined for ever. */
  answersDays: number | undefined
  /** Sign-ins, sign-ups and resets, each, from one address. */
  authAttemptsPerMinute: number
  logLevel: string
  /** Names this process in locks and logs. */
  processName: string
}

interface StripeConfig {
  provider: 'stripe'
  secretKey: string
  webhookSecret: string
  apiBase?: string
  /** By plan; one that is missing is found by its lookup key. */
  prices: { STARTER?: string; PROFESSIONAL?: string; SCALE?: string }
}

interface BigQueryConfig {
  provider: 'bigquery'
  projectId: string
  location?: string
  apiEndpoint?: string
}

interface CloudKmsConfig {
  provider: 'cloud-kms'
  keyName: string
  apiEndpoint?: string
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
    isProduction: env.GANGWAY_ENV === 'production',
    dataDir,
    database: env.DATABASE_URL ? { provider: 'external', ownerUrl: env.DATABASE_URL } : { provider: 'embedded' },
    billing: billingOf(env, secrets),
    warehouse: warehouseOf(env),
    vault: vaultOf(env, secrets),
    mail: mailOf(env),
    providers: {
      ...(env.OPENAI_API_BASE && { openai: withoutSlash(env.OPENAI_API_BASE) }),
      ...(env.ANTHROPIC_API_BASE && { anthropic: withoutSlash(env.ANTHROPIC_API_BASE) }),
      ...(env.GEMINI_API_BASE && { gemini: withoutSlash(env.GEMINI_API_BASE) }),
    },
    ...(env.ONBOARDING_ANSWERS_EXPORT_PATH && { answersExportPath: env.ONBOARDING_ANSWERS_EXPORT_PATH }),
    host: env.HOST ?? 'localhost',
    ports: { api: portOr(env.API_PORT, 4000), web: portOr(env.WEB_PORT, 3000), admin: portOr(env.ADMIN_PORT, 3001) },
    publicUrls: {
      ...(env.PUBLIC_API_URL && { api: withoutSlash(env.PUBLIC_API_URL) }),
      ...(env.PUBLIC_WEB_URL && { web: withoutSlash(env.PUBLIC_WEB_URL) }),
      ...(env.PUBLIC_ADMIN_URL && { admin: withoutSlash(env.PUBLIC_ADMIN_URL) }),
    },
    trustedProxies: env.TRUSTED_PROXIES ?? [],
    admin: { email: env.ADMIN_EMAIL ?? 'admin@localhost.test' },
    secrets,
    lockTtlMs: (env.LOCK_TTL_SECONDS ?? 60) * 1000,
    telemetryDays: env.TELEMETRY_RETENTION_DAYS ?? 400,
    journalDays: env.JOURNAL_RETENTION_DAYS ?? 400,
    answersDays: env.ANSWERS_RETENTION_DAYS,
    authAttemptsPerMinute: env.AUTH_ATTEMPTS_PER_MINUTE ?? 30,
    logLevel: env.LOG_LEVEL ?? 'info',
    processName: `${os.hostname()}:${process.pid}`,
  }
}

function billingOf(env: Env, secrets: Secrets): Config['billing'] {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: apiBase } = env
  if (!secretKey) return { provider: 'sandbox', webhookSecret: secrets.sandboxWebhookSecret }
  const prices = {
    ...(env.STRIPE_PRICE_STARTER && { STARTER: env.STRIPE_PRICE_STARTER }),
    ...(env.STRIPE_PRICE_PROFESSIONAL && { PROFESSIONAL: env.STRIPE_PRICE_PROFESSIONAL }),
    ...(env.STRIPE_PRICE_SCALE && { SCALE: env.STRIPE_PRICE_SCALE }),
  }
  // Without the endpoint's own, one that nobody signs by.
  const webhookSecret = env.STRIPE_WEBHOOK_SECRET ?? secrets.sandboxWebhookSecret
  return { provider: 'stripe', secretKey, webhookSecret, prices, ...(apiBase && { apiBase: withoutSlash(apiBase) }) }
}

function warehouseOf(env: Env): Config['warehouse'] {
  const { BIGQUERY_PROJECT_ID: projectId, BIGQUERY_LOCATION: location, BIGQUERY_API_ENDPOINT: endpoint } = env
  if (!projectId) return { provider: 'postgres' }
  return {
    provider: 'bigquery',
    projectId,
    ...(location && { location }),
    ...(endpoint && { apiEndpoint: withoutSlash(endpoint) }),
  }
}

function mailOf({ SMTP_URL: url, MAIL_FROM: from }: Env): Config['mail'] {
  if (!url) return { provider: 'outbox' }
  const { hostname } = new URL(url)
  return { provider: 'smtp', url, from: from ?? `Gangway <gangway@${/[a-z]$/i.test(hostname) ? hostname : 'localhost'}>` }
}

function vaultOf(env: Env, { rootKey }: Secrets): Config['vault'] {
  const { KMS_KEY_NAME: keyName, KMS_API_ENDPOINT: endpoint, GANGWAY_PREVIOUS_ROOT_KEYS: previousRootKeys = [] } = env
  if (!keyName) return { provider: 'local', rootKey, previousRootKeys }
  return { provider: 'cloud-kms', keyName, ...(endpoint && { apiEndpoint: withoutSlash(endpoint) }) }
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
