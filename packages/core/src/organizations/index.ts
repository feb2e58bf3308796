export { acceptInvite } from './accept-invite.ts'
export { type InvitePeople, type NewInvite, newInvites } from './invites.ts'
export { type MemberCaller, requireManager, requireMember, requireOwner } from './membership.ts'
export { listMyOrganizations } from './mine.ts'
