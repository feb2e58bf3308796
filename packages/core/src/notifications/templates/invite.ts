import { layOut, type MailContent } from '../layout.ts'

interface InviteMail {
  /** The name of who invites. */
  inviter: string
  company: string
  code: string
  /** The page that takes the code, absolute. */
  url: string
}

const CODE = 'Are you answering the questions already? Join in the last step, with this code'

/** For a colleague who was invited. */
export function inviteMail({ inviter, company, code, url }: InviteMail): MailContent {
  return layOut({
    subject: `${inviter} invites you to ${company}`,
    preview: `Work with ${company} on Gangway.`,
    heading: `Join ${company} on Gangway`,
    paragraphs: [
      `${inviter} has invited you to work in ${company}.`,
      'The invitation is for this address only, works once, and is valid for 7 days. If it is too late, ask for a new one.',
    ],
    code: { label: CODE, value: code },
    action: { label: 'Accept the invitation', url },
    note: `If you do not know ${inviter}, ignore this mail: nothing happens without you.`,
  })
}

/** The same, once more, shortly before it is too late. */
export function inviteReminderMail({ inviter, company, code, url }: InviteMail): MailContent {
  return layOut({
    subject: `Your invitation to ${company} ends in 2 days`,
    preview: `${inviter} still waits for you.`,
    heading: `${company} still waits for you`,
    paragraphs: [
      `${inviter} has invited you to work in ${company}, and the invitation is valid for 2 more days.`,
      'It is for this address only and works once. This is the only reminder.',
    ],
    code: { label: CODE, value: code },
    action: { label: 'Accept the invitation', url },
    note: `If you do not know ${inviter}, ignore this mail: nothing happens without you.`,
  })
}
