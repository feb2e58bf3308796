export { createOutgoing } from './create-outgoing.ts'
