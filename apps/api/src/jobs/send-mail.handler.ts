import { sendMail } from '@gangway/core/notifications'
import type { sendMailJob } from './send-mail.ts'
import type { Handler } from './registry.ts'

export const handleSendMail: Handler<typeof sendMailJob.schema> = ({ contexts }, payload) =>
  sendMail(contexts.notifications, payload)
