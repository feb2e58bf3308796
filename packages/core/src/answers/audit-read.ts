import type { Tx } from '@gangway/db/transaction'
import { recordAudit } from '../audit/index.ts'

interface AnswersRead {
  actorId: string
  at: Date
  /** Whose answers: one person's, or those that a filter lets through. */
  subject: { type: 'user' | 'answers_list'; id: string }
  detail?: Record<string, unknown>
}

/** Says in the audit log who read whose answers. Written in the transaction that reads: no read goes unseen. */
export function auditAnswersRead(tx: Tx, read: AnswersRead): Promise<void> {
  return recordAudit(tx, { ...read, action: 'answers.read' })
}
