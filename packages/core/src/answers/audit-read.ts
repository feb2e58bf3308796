import { auditLog } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'

interface AnswersRead {
  actorId: string
  at: Date
  /** Whose answers: one person's, or those that a filter lets through. */
  subject: { type: 'user' | 'answers_list'; id: string }
  detail?: Record<string, unknown>
}

/** Says in the audit log who read whose answers. Written in the transaction that reads: no read goes unseen. */
export async function auditAnswersRead(tx: Tx, { actorId, at, subject, detail = {} }: AnswersRead): Promise<void> {
  await tx
    .insert(auditLog)
    .values({ at, actorId, action: 'answers.read', subjectType: subject.type, subjectId: subject.id, detail })
}
