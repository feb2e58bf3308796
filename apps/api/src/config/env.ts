import { exportPathSchema } from '@gangway/adapters/export-targets'
import { smtpUrlSchema } from '@gangway/adapters/smtp'
import { z } from 'zod'
import { unmetRules } from './rules.ts'

const port = z.coerce.number().int().min(1).max(65_535)
const secret = z.string().min(24, 'must have at least 24 characters')
const stripePrice = z.string().regex(/^price_\w+$/, 'must be the id of a price: price_…')
/** For how long something is kept, in days. */
const days = (least: number) => z.coerce.number().int().min(least, `must be at least ${least}`).max(3650)
/** What the library that reads `X-Forwarded-For` takes. https://www.npmjs.com/package/proxy-addr */
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(['loopback', 'linklocal', 'uniquelocal'])], {
  error: 'must be addresses or networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas',
})
const list = z.string().transform((items) => items.split(',').map((item) => item.trim()))
const address = z.url({ protocol: /^https?$/, error: 'must be an address such as https://service.example.com' })

/** Every name that is read from the environment. `.env.example` lists the same ones. */
export const envSchema = z.object({
  GANGWAY_ENV: z.enum(['development', 'production']).optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/database' })
    .optional(),
  DATA_DIR: z.string().min(1).optional(),
  HOST: z.string().min(1).optional(),
  API_PORT: port.optional(),
  WEB_PORT: port.optional(),
  ADMIN_PORT: port.optional(),
  PUBLIC_API_URL: address.optional(),
  PUBLIC_WEB_URL: address.optional(),
  PUBLIC_ADMIN_URL: address.optional(),
  TRUSTED_PROXIES: list.pipe(network.array()).optional(),
  GANGWAY_ROOT_KEY: secret.optional(),
  GANGWAY_PREVIOUS_ROOT_KEYS: list.pipe(secret.array()).optional(),
  GANGWAY_KEY_PEPPER: secret.optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(test|live)_\w{8,}$/,
      'must be a secret or restricted key of Stripe: sk_test_…, sk_live_…, rk_test_… or rk_live_…',
    )
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_.{8,}$/, 'must be the signing secret of the webhook endpoint: whsec_…')
    .optional(),
  STRIPE_API_BASE: address.optional(),
  STRIPE_PRICE_STARTER: stripePrice.optional(),
  STRIPE_PRICE_PROFESSIONAL: stripePrice.optional(),
  STRIPE_PRICE_SCALE: stripePrice.optional(),
  BIGQUERY_PROJECT_ID: z
    .string()
    .regex(/^[a-z][a-z0-9-]{4,28}[a-z0-9]$/, 'must be the id of a Google Cloud project, such as acme-prod')
    .optional(),
  BIGQUERY_LOCATION: z.string().min(1).optional(),
  BIGQUERY_API_ENDPOINT: address.optional(),
  KMS_KEY_NAME: z
    .string()
    .regex(
      /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/,
      'must be the whole name of a key: projects/…/locations/…/keyRings/…/cryptoKeys/…',
    )
    .optional(),
  KMS_API_ENDPOINT: address.optional(),
  SMTP_URL: z.string().check(validSmtpUrl).optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^<>]*<[^<>\s@]+@[^<>\s@]+>$|^[^<>\s@]+@[^<>\s@]+$/, 'must be an address such as Gangway <hello@example.com>')
    .optional(),
  OPENAI_API_BASE: address.optional(),
  ANTHROPIC_API_BASE: address.optional(),
  GEMINI_API_BASE: address.optional(),
  TELEMETRY_RETENTION_DAYS: days(60).optional(),
  JOURNAL_RETENTION_DAYS: days(60).optional(),
  ANSWERS_RETENTION_DAYS: days(30).optional(),
  ONBOARDING_ANSWERS_EXPORT_PATH: exportPathSchema.optional(),
  LOCK_TTL_SECONDS: z.coerce.number().min(1).max(3600).optional(),
  AUTH_ATTEMPTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
})
export type Env = z.infer<typeof envSchema>

/** Refuses with one message that lists everything that is wrong, and no value: some are secrets. An empty one counts as none. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = envSchema.safeParse(given)
  const malformed = parsed.error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? []
  const problems = [...malformed, ...unmetRules(new Set(Object.keys(given)), given['GANGWAY_ENV'] === 'production')]
  if (parsed.success && problems.length === 0) return parsed.data
  throw new ConfigError(`The configuration is not valid:\n${problems.map((problem) => `  ${problem}`).join('\n')}`)
}

function validSmtpUrl({ value, issues }: z.core.ParsePayload<string>): void {
  const { error } = smtpUrlSchema.safeParse(value)
  for (const { message } of error?.issues ?? []) issues.push({ code: 'custom', message, input: '' })
}

/** Its message is for the person who starts the product. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
