export { acceptInvite } from './accept-invite.ts'
export { type InvitePeople, type NewInvite, newInvites } from './invites.ts'
export { listMyOrganizations } from './mine.ts'
