export { listOutbox } from './list-outbox.ts'
export type { MailContent } from './layout.ts'
export { inviteMail, resetPasswordMail, welcomeMail } from './mails.ts'
export { sendMail } from './send-mail.ts'
