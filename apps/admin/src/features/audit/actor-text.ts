import type { AuditEntry } from '@gangway/schemas/audit'

/** Who did it, in words. */
export function actorText({ actor }: Pick<AuditEntry, 'actor'>): string {
  if (!actor) return 'The system, or an operator'
  return actor.email ?? `An account that is gone (${actor.id})`
}
