import { z } from 'zod'

const port = z.coerce.number().int().min(1).max(65_535)
const secret = z.string().min(24, 'must have at least 24 characters')

/** Every name that is read from the environment. `.env.example` lists the same ones. */
export const envSchema = z.object({
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/database' })
    .optional(),
  DATA_DIR: z.string().min(1).optional(),
  HOST: z.string().min(1).optional(),
  API_PORT: port.optional(),
  WEB_PORT: port.optional(),
  ADMIN_PORT: port.optional(),
  PUBLIC_API_URL: z.url().optional(),
  PUBLIC_WEB_URL: z.url().optional(),
  PUBLIC_ADMIN_URL: z.url().optional(),
  GANGWAY_ROOT_KEY: secret.optional(),
  GANGWAY_KEY_PEPPER: secret.optional(),
  ADMIN_EMAIL: z.email().optional(),
  ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').optional(),
  LOCK_TTL_SECONDS: z.coerce.number().min(1).max(3600).optional(),
  AUTH_ATTEMPTS_PER_MINUTE: z.coerce.number().int().min(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).optional(),
})
export type Env = z.infer<typeof envSchema>

/** Refuses with one message that lists everything that is wrong. An empty value counts as none. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = envSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`)
}

/** Its message is for the person who starts the product. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
