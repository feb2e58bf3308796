export { listOutbox } from './list-outbox.ts'
export { layOut, type MailContent } from './layout.ts'
export { inviteMail, resetPasswordMail, welcomeMail } from './mails.ts'
export { sendDueMails, sendMail } from './send-mail.ts'
