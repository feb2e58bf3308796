import type { BaseContext } from '@gangway/core/context'
import { resetPasswordMail } from '@gangway/core/notifications'
import type { Jobs } from '@gangway/core/ports'
import * as schema from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { MINIMUM_PASSWORD_LENGTH, type Viewer, viewerSchema } from '@gangway/schemas/account'
import { WEB_LINKS } from '@gangway/schemas/links'
import { betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { bearer } from 'better-auth/plugins/bearer'
import { addresses, type Config } from '../config/config.ts'
import { isOwnOrigin } from './origins.ts'

const RESET_VALID_MINUTES = 60
/** Set by the server from what it knows; what a caller sends under this name is written over. */
export const CLIENT_ADDRESS_HEADER = 'x-gangway-client-address'

export type Auth = ReturnType<typeof createAuth>

/** E-mail and password; sessions in Postgres; a role that nobody can give to themselves. */
export function createAuth({ config, base, jobs }: { config: Config; base: BaseContext; jobs: Jobs }) {
  const { web, api } = addresses(config)
  const attempts = { window: 60, max: config.authAttemptsPerMinute }
  return betterAuth({
    baseURL: api,
    basePath: '/api/auth',
    secret: config.secrets.authSecret,
    database: drizzleAdapter(base.db, { provider: 'pg', schema, usePlural: true, transaction: true }),
    advanced: {
      database: { generateId: 'uuid' },
      cookiePrefix: 'gangway',
      // Unless told, it believes any caller's `X-Forwarded-For`: a new address for each guess would pass every limit.
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS_HEADER] },
    },
    // For scripts: the session's signed token, which signing in answers as `set-auth-token`.
    plugins: [bearer({ requireSignature: true })],
    telemetry: { enabled: false },
    logger: { disabled: true },
    trustedOrigins: (request) => {
      const origin = request?.headers.get('origin')
      return origin && isOwnOrigin(config, origin, request?.headers.get('host') ?? undefined) ? [origin, web] : [web]
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 300,
      customRules: { '/sign-in/email': attempts, '/sign-up/email': attempts, '/request-password-reset': attempts },
    },
    user: { additionalFields: { role: { type: 'string', defaultValue: 'customer', input: false } } },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: MINIMUM_PASSWORD_LENGTH,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
      resetPasswordTokenExpiresIn: RESET_VALID_MINUTES * 60,
      sendResetPassword: async ({ user, token }) => {
        const mail = resetPasswordMail({
          name: user.name,
          url: web + WEB_LINKS.resetPassword(token),
          validMinutes: RESET_VALID_MINUTES,
        })
        const payload = { dedupeKey: `reset-password:${token}`, to: user.email, ...mail }
        await inTransaction(base.db, (tx) => jobs.enqueue(tx, 'notifications.send-mail', payload))
      },
    },
  })
}

/** Who a request comes from; null for nobody. */
export async function findViewer(auth: Auth, headers: Headers): Promise<Viewer | null> {
  const session = await auth.api.getSession({ headers })
  return session ? viewerSchema.parse(session.user) : null
}
