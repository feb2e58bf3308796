import { layOut, type MailContent } from './layout.ts'

interface WelcomeMail {
  name: string
  company: string
  /** The home page, absolute. */
  url: string
}

/** For the person whose organization has just been set up. Says how to get the key and does not hold it. */
export function welcomeMail({ name, company, url }: WelcomeMail): MailContent {
  return layOut({
    subject: `Welcome aboard! ${company} is ready`,
    heading: `Welcome aboard, ${name}!`,
    paragraphs: [
      `${company} is set up: your workspace, its tables and your first API key are there.`,
      'The key can be shown for 2 hours after the setup. If you have not saved it yet, open the setup page now and copy it to a safe place.',
      'Your notebook “Getting Started” holds a quick start guide and answers to the questions that most people have.',
    ],
    action: { label: 'Open Gangway', url },
    note: 'You get this mail once, because you have just set up an organization with Gangway.',
  })
}

interface InviteMail {
  /** The name of who invites. */
  inviter: string
  company: string
  code: string
  /** The page that takes the code, absolute. */
  url: string
}

/** For a colleague who was invited. */
export function inviteMail({ inviter, company, code, url }: InviteMail): MailContent {
  return layOut({
    subject: `${inviter} invites you to ${company}`,
    heading: `Join ${company} on Gangway`,
    paragraphs: [
      `${inviter} has invited you to work in ${company}.`,
      'The invitation is for this address only, works once, and is valid for 7 days. If it is too late, ask for a new one.',
      `Are you answering the questions already? Join a workspace in the last step, with this code: ${code}`,
    ],
    action: { label: 'Accept the invitation', url },
    note: `If you do not know ${inviter}, ignore this mail: nothing happens without you.`,
  })
}

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
    heading: 'Choose a new password',
    paragraphs: [
      `Hello ${name}, somebody asked for a new password for your account. The link works once, for ${validMinutes} minutes.`,
    ],
    action: { label: 'Choose a new password', url },
    note: 'If it was not you, ignore this mail: your password stays as it is.',
  })
}
