import type { ApiKeyCaller } from '@gangway/core/keys'
import type { OnboardTenantInput } from '@gangway/core/provisioning'
import type { ProviderId } from '@gangway/schemas/integrations'
import type { Session } from '../session.ts'

export interface Credential {
  provider: ProviderId
  key: string
}

/** What the steps of one check share, each filling in what comes after it needs. */
export interface Scene {
  session: Session
  input: OnboardTenantInput
  credential: Credential | undefined
  tenant?: { userId: string; caller: ApiKeyCaller; dataset: string }
}

export function required<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`${what} is not there`)
  return value
}
