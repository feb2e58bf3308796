import type { apiKeys, keyReveals } from '@gangway/db/schema'
import type { ApiKey } from '@gangway/schemas/keys'
import { knownScopes } from './authenticate.ts'

type Key = typeof apiKeys.$inferSelect
type KeyReveal = typeof keyReveals.$inferSelect

/** A key as people see it who may manage it; `viewerId` decides whether it can still be shown to them. */
export function keyView(key: Key, reveal: KeyReveal | null, { viewerId, now }: { viewerId: string | null; now: Date }): ApiKey {
  const { id, prefix, fingerprint, createdAt, lastUsedAt, expiresAt, revokedAt } = key
  return {
    ...{ id, prefix, fingerprint, createdAt, lastUsedAt, expiresAt, revokedAt },
    scopes: knownScopes(key.scopes),
    status: statusOf(key, now),
    canReveal: viewerId !== null && reveal?.userId === viewerId && isOpen(reveal, now) && statusOf(key, now) === 'active',
  }
}

function isOpen({ sealed, expiresAt, savedAt }: KeyReveal, now: Date): boolean {
  return sealed !== null && savedAt === null && expiresAt !== null && expiresAt > now
}

function statusOf({ revokedAt, expiresAt }: Key, now: Date): ApiKey['status'] {
  if (revokedAt) return 'revoked'
  if (!expiresAt) return 'active'
  return expiresAt > now ? 'expiring' : 'expired'
}
