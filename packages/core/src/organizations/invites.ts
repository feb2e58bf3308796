import { invites } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import type { MemberRole } from '@gangway/schemas/organizations'
import type { BaseContext } from '../context.ts'
import { hashInviteCode, newInviteCode } from './invite-code.ts'

const VALID_MS = 7 * 24 * 60 * 60 * 1000

export interface NewInvites {
  orgId: string
  invitedBy: string
  people: readonly { email: string; role: MemberRole }[]
}

export interface CreatedInvite {
  id: string
  email: string
  role: MemberRole
  /** In plain text only here: the mail carries it, the table has its hash. */
  code: string
  expiresAt: Date
}

/** Invites people into an organization, each by a code of their own that is valid for 7 days and for their address only. */
export async function createInvites(
  tx: Tx,
  ctx: Pick<BaseContext, 'clock' | 'ids'>,
  { orgId, invitedBy, people }: NewInvites,
): Promise<CreatedInvite[]> {
  const createdAt = ctx.clock.now()
  const expiresAt = new Date(createdAt.getTime() + VALID_MS)
  const created = people.map(({ email, role }) => ({
    id: ctx.ids.uuid(),
    email: email.trim().toLowerCase(),
    role,
    code: newInviteCode(ctx.ids),
    expiresAt,
  }))
  if (created.length === 0) return []
  await tx
    .insert(invites)
    .values(created.map(({ code, ...invite }) => ({ ...invite, orgId, invitedBy, createdAt, codeHash: hashInviteCode(code) })))
  return created
}
