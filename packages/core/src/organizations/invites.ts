import type { MemberRole } from '@gangway/schemas/organizations'
import type { BaseContext } from '../context.ts'
import { hashInviteCode, newInviteCode } from './invite-code.ts'

const VALID_MS = 7 * 24 * 60 * 60 * 1000

export interface InvitePeople {
  orgId: string
  invitedBy: string
  people: readonly { email: string; role: MemberRole }[]
}

export interface NewInvite {
  id: string
  orgId: string
  email: string
  role: MemberRole
  /** In plain text only here: the mail carries it, the table has its hash. */
  code: string
  codeHash: string
  invitedBy: string
  expiresAt: Date
}

/** Invitations into an organization, not stored yet: each has a code of its own, valid for 7 days and for one address. */
export function newInvites(ctx: Pick<BaseContext, 'clock' | 'ids'>, { orgId, invitedBy, people }: InvitePeople): NewInvite[] {
  const expiresAt = new Date(ctx.clock.now().getTime() + VALID_MS)
  return people.map(({ email, role }) => {
    const code = newInviteCode(ctx.ids)
    const codeHash = hashInviteCode(code)
    return { id: ctx.ids.uuid(), orgId, email: email.trim().toLowerCase(), role, code, codeHash, invitedBy, expiresAt }
  })
}
