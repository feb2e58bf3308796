export { acceptInvite } from './accept-invite.ts'
export { type CreatedInvite, createInvites, type NewInvites } from './invites.ts'
export { listMyOrganizations } from './mine.ts'
