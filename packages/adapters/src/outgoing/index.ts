export { createOutgoing, type Outgoing, type OutgoingAnswer, type OutgoingRequest } from './create-outgoing.ts'
