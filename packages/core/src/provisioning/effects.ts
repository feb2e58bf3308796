import type { SealedSecret } from '@gangway/db/schema'
import type { PlanId } from '@gangway/schemas/plans'
import type { MemberRole } from '@gangway/schemas/organizations'
import type { EnqueuedJob } from '../ports/index.ts'

/**
 * What a step changes in Postgres beside the run itself, as data: `write_run_steps` writes it with the step, and the
 * jobs go into the queue in the same transaction. The names are those that the SQL function reads.
 */
export interface Effects {
  /** With its owner as the first member; the slug's reservation is given back. */
  organization?: { id: string; slug: string; name: string; workspace: string; ownerId: string }
  subscription?: {
    orgId: string
    checkoutSessionId: string
    plan: PlanId
    provider: string
    providerSubscriptionId: string | null
  }
  apiKey?: { id: string; orgId: string; prefix: string; hash: string; fingerprint: string; scopes: string[] }
  reveal?: { apiKeyId: string; orgId: string; userId: string; sealed: SealedSecret }
  /** Marks the organization onboarded and opens the reveal of its key. */
  onboarded?: { orgId: string; revealMs: number }
  invites?: NewInvite[]
  pendingSync?: { orgSlug: string; apiKeyFingerprint: string; backendOnboardedAt: Date }
  /** The dataset that the organization gets instead of the one it had. Never together with `abandon`. */
  moved?: { orgId: string; workspace: string }
  /** The organization that is given up, with its slug and its subscription. */
  abandon?: string
  /** The run whose key is revoked, and its ciphertext deleted. */
  revoke?: string
  jobs?: EnqueuedJob[]
}

interface NewInvite {
  id: string
  orgId: string
  email: string
  role: MemberRole
  codeHash: string
  invitedBy: string
  expiresAt: Date
}
