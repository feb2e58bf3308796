import { WEB_LINKS } from '@gangway/schemas/links'
import type { StepId } from '@gangway/schemas/questionnaire'

/** Every address of the web app. */
export const paths = {
  home: WEB_LINKS.home,
  plan: WEB_LINKS.plan,
  checkout: WEB_LINKS.sandboxCheckout,
  success: WEB_LINKS.success,
  invite: WEB_LINKS.invite,
  webhooks: WEB_LINKS.webhooks,
  keys: () => '/settings/keys',
  integrations: () => '/settings/integrations',
  pipelines: () => '/settings/pipelines',
  quotas: () => '/settings/quotas',
  signUp: (next?: string) => withNext('/sign-up', next),
  signIn: (next?: string) => withNext('/sign-in', next),
  forgotPassword: () => '/forgot-password',
  resetPassword: () => '/reset-password',
  step: (step: StepId) => `/o/${step}`,
  document: (id: string) => `/documents/${encodeURIComponent(id)}`,
} as const

function withNext(path: string, next?: string): string {
  const target = safeNext(next)
  return target === paths.home() ? path : `${path}?next=${encodeURIComponent(target)}`
}

const ANY_ORIGIN = 'http://here.invalid'

/** Where to go after signing in: a path of this site, and the home page for anything else. */
export function safeNext(next: string | null | undefined): string {
  const url = next?.startsWith('/') ? parsed(next) : null
  if (!url) return WEB_LINKS.home()
  // `/a/..//elsewhere` is of this site, and normalizes to a path that browsers read as another host.
  const ours = url.origin === ANY_ORIGIN && !url.pathname.startsWith('//')
  return ours ? url.pathname + url.search + url.hash : WEB_LINKS.home()
}

function parsed(path: string): URL | null {
  try {
    return new URL(path, ANY_ORIGIN)
  } catch {
    return null
  }
}
