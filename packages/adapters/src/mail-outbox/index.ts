export { createMailOutbox } from './mail-outbox.ts'
