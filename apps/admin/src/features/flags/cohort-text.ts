import type { Flag } from '@gangway/schemas/flags'
import { PLANS } from '@gangway/schemas/plans'
import { ROLES } from '@gangway/schemas/questionnaire'

/** Whom a flag is for, in words. */
export function cohortText({
  rolloutPercent,
  cohorts: { plans, roles, emailDomains },
}: Pick<Flag, 'rolloutPercent' | 'cohorts'>): string {
  const parts = [
    plans && plans.length > 0 ? plans.map((plan) => PLANS[plan].name).join(' or ') : '',
    roles && roles.length > 0
      ? ROLES.filter(({ value }) => roles.includes(value))
          .map(({ label }) => label)
          .join(' or ')
      : '',
    emailDomains && emailDomains.length > 0 ? emailDomains.map((domain) => `@${domain}`).join(' or ') : '',
  ].filter(Boolean)
  const who = parts.length > 0 ? parts.join(', ') : 'everybody'
  if (rolloutPercent === 100) return parts.length > 0 ? who : 'Everybody'
  return parts.length > 0 ? `${rolloutPercent}% of ${who}` : `${rolloutPercent}% of everybody`
}
