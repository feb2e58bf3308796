/** Pages of the web app that the API sends people to, by mail and by redirect. */
export const WEB_LINKS = {
  success: (checkoutSessionId: string) => `/onboarding/success?session_id=${encodeURIComponent(checkoutSessionId)}`,
  plan: () => '/plan',
  home: () => '/',
  sandboxCheckout: (checkoutSessionId: string) => `/checkout/${encodeURIComponent(checkoutSessionId)}`,
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  webhooks: () => '/settings/webhooks',
  invite: (code: string) => `/invite/${encodeURIComponent(code)}`,
} as const
