import { layOut, type MailContent } from '../layout.ts'

interface ResetPasswordMail {
  name: string
  /** Holds the token, absolute. */
  url: string
  validMinutes: number
}

/** For somebody who asked for a new password. */
export function resetPasswordMail({ name, url, validMinutes }: ResetPasswordMail): MailContent {
  return layOut({
    subject: 'Choose a new password',
    preview: `The link works once, for ${validMinutes} minutes.`,
    heading: 'Choose a new password',
    paragraphs: [
      `Hello ${name}, somebody asked for a new password for your account. The link works once, for ${validMinutes} minutes.`,
    ],
    action: { label: 'Choose a new password', url },
    note: 'If it was not you, ignore this mail: your password stays as it is.',
  })
}
