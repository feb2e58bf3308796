/** Pages of the web app that the API sends people to, by mail and by redirect. */
export const WEB_LINKS = {
  success: (checkoutSessionId: string) => `/onboarding/success?session_id=${encodeURIComponent(checkoutSessionId)}`,
  plan: () => '/plan',
  home: () => '/',
  sandboxCheckout: (checkoutSessionId: string) => `/checkout/${encodeURIComponent(checkoutSessionId)}`,
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  webhooks: () => '/settings/webhooks',
  invite: (code: string) => `/invite/${encodeURIComponent(code)}`,
  handOff: (code: string) => `/hand-off/${encodeURIComponent(code)}`,
  step: (stepId: string) => `/o/${encodeURIComponent(stepId)}`,
} as const

/** Pages of the admin app that mails lead to. */
export const ADMIN_LINKS = {
  alerts: () => '/alerts',
  runs: () => '/runs',
  run: (runId: string) => `/runs/${encodeURIComponent(runId)}`,
} as const

/** What mails and beacons call of the API itself. */
export const API_LINKS = {
  telemetry: () => '/api/telemetry',
  unsubscribe: (token: string) => `/api/mail/unsubscribe?token=${encodeURIComponent(token)}`,
} as const
