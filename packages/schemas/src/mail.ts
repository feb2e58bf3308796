import { z } from 'zod'

/** `kept`: for reading here, where no server carries mail; `waiting`: to be tried, or tried again; `refused`: given up. */
export const MAIL_STATES = ['kept', 'waiting', 'sent', 'refused'] as const
export type MailState = (typeof MAIL_STATES)[number]

export const mailSchema = z.object({
  id: z.uuid(),
  to: z.string(),
  subject: z.string(),
  /** Null, like `html`, once the mail has left: it can hold links that let people in. */
  text: z.string().nullable(),
  html: z.string().nullable(),
  state: z.enum(MAIL_STATES),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
  attempts: z.number().int(),
  /** What the mail server said last; null where it never said no. */
  lastError: z.string().nullable(),
  /** Of a mail that waits. */
  nextAttemptAt: z.date().nullable(),
})
export type Mail = z.infer<typeof mailSchema>

/** What Gangway can write, with the data of nobody. */
export const mailTemplateSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** Who gets it and when, in a sentence. */
  sentWhen: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})
export type MailTemplate = z.infer<typeof mailTemplateSchema>
