import { inTransaction } from '@gangway/db/transaction'
import type { Finding } from '@gangway/schemas/doctor'
import { recordAudit } from '../audit/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import { examineOrganization, type Examination } from './examine.ts'
import { REMEDIES, REMEDY_ORDER } from './remedies.ts'

export interface RepairInput {
  orgId: string
  /** Null for an operator at the terminal. */
  actorId: string | null
}

export interface Repair {
  /** What differed before, and does not any more. */
  repaired: Finding[]
  /** How the organization is now. */
  examination: Examination
}

/** One repair can bring to light what another finding hid: a workspace's new name, a key for an owner who was missing. */
const ROUNDS = 3

/**
 * Puts right whatever of an organization differs from its plan and can be put right without asking. Safe to repeat, and
 * to call several times at once. A remedy that fails is in the log, and its finding stays. Throws NOT_FOUND.
 */
export async function repairOrganization(ctx: ProvisioningContext, { orgId, actorId }: RepairInput): Promise<Repair> {
  const found = new Map<string, Finding>()
  let examination = await examineOrganization(ctx, { orgId })
  for (let round = 0; round < ROUNDS && examination.findings.some(({ repairable }) => repairable); round++) {
    for (const finding of examination.findings) found.set(nameOf(finding), finding)
    await apply(ctx, examination)
    examination = await examineOrganization(ctx, { orgId })
  }
  const left = new Set(examination.findings.map(nameOf))
  const isKnown = examination.status !== 'unknown'
  const repaired = isKnown ? [...found.values()].filter((finding) => !left.has(nameOf(finding))) : []
  if (repaired.length > 0) {
    const detail = { repaired: repaired.map(({ kind, name, problem }) => `${kind} ${name}: ${problem}`) }
    const subject = { type: 'organization', id: orgId }
    const audited = { actorId, at: ctx.clock.now(), action: 'organization.repaired', subject, detail }
    await inTransaction(ctx.db, (tx) => recordAudit(tx, audited))
  }
  return { repaired, examination }
}

async function apply(ctx: ProvisioningContext, { tenant, findings }: Examination): Promise<void> {
  const repairable = findings.filter((finding) => finding.repairable)
  const inOrder = repairable.toSorted((one, other) => REMEDY_ORDER.indexOf(one.kind) - REMEDY_ORDER.indexOf(other.kind))
  for (const finding of inOrder) {
    try {
      await REMEDIES[finding.kind](ctx, tenant, finding)
      // The workspace has another name from here on: what else was found is looked at anew.
      if (finding.kind === 'dataset') return
    } catch (error) {
      const { code } = classify(error)
      const fields = {
        err: error,
        errorId: ctx.ids.errorId(),
        code,
        orgId: tenant.org.id,
        kind: finding.kind,
        name: finding.name,
      }
      ctx.log.error(fields, 'a finding could not be repaired')
    }
  }
}

/** A dataset that is made anew has another name, and is the same resource. */
function nameOf({ kind, name, problem }: Finding): string {
  return kind === 'dataset' ? kind : `${kind} ${name.slice(name.lastIndexOf('.') + 1)} ${problem}`
}
