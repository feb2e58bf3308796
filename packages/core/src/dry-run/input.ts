import { checksum } from '../questionnaire/canonical.ts'

/** As it was given: whether it is valid is for the checks to say. */
export interface DryRunInput {
  /** The organization's slug. */
  tenantId: string
  companyName: string
  adminEmail: string
  plan: string
  /** Who would pay: a slug that they have reserved themselves is free for them. */
  userId?: string
  /** The run that asks: what it has made already is its own. */
  runId?: string
  /** The organization that this run has made already. */
  orgId?: string
}

/** The same for the same question, however its letters and blanks are typed. */
export function inputDigest({ tenantId, companyName, adminEmail, plan, userId }: DryRunInput): string {
  return checksum({
    ...{ tenantId, plan, userId: userId ?? null },
    companyName: companyName.trim(),
    adminEmail: adminEmail.trim().toLowerCase(),
  })
}
