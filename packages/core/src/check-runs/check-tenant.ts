import type { Ids } from '../ports/index.ts'
import type { OnboardTenantInput } from '../provisioning/index.ts'

/** The function `forget_check_run` of the database knows the same names, and forgets no others. */
const SLUG = /^e2e_[a-z0-9]{6}$/
const LETTERS_AND_DIGITS = 'abcdefghijklmnopqrstuvwxyz0123456789'

/** A tenant to throw away, whose admin has an address that no mail can reach. https://www.rfc-editor.org/rfc/rfc2606 */
export function newCheckTenant(ctx: { ids: Ids }): OnboardTenantInput {
  const tenantId = `e2e_${ctx.ids.random(6, LETTERS_AND_DIGITS)}`
  return { tenantId, companyName: 'Check of the installation', adminEmail: `${tenantId}@e2e.invalid`, plan: 'STARTER' }
}

export function isCheckTenant(slug: string): boolean {
  return SLUG.test(slug)
}
