import { auditLog } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'

export interface Audited {
  /** Who did it; null where no person did. */
  actorId: string | null
  at: Date
  /** Noun and past participle: `run.retried`. */
  action: string
  subject: { type: string; id: string }
  /** What somebody needs who asks later why. No secrets. */
  detail?: Record<string, unknown>
}

/** Writes who did what into the audit log, in the transaction that does it: neither happens without the other. */
export async function recordAudit(tx: Tx, { actorId, at, action, subject, detail = {} }: Audited): Promise<void> {
  await tx.insert(auditLog).values({ at, actorId, action, subjectType: subject.type, subjectId: subject.id, detail })
}
