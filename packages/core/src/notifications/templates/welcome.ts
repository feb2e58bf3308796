import { layOut, type MailContent } from '../layout.ts'

interface WelcomeMail {
  name: string
  company: string
  /** The home page, absolute. */
  url: string
}

/** For the person whose organization has just been set up. */
export function welcomeMail({ name, company, url }: WelcomeMail): MailContent {
  return layOut({
    subject: `Welcome aboard! ${company} is ready`,
    preview: 'Your workspace, its tables and your first API key are there.',
    heading: `Welcome aboard, ${name}!`,
    paragraphs: [
      `${company} is set up: your workspace, its tables and your first API key are there.`,
      'Your notebook “Getting Started” holds a quick start guide and answers to the questions that most people have.',
    ],
    action: { label: 'Open Gangway', url },
    note: 'You get this mail once, because you have just set up an organization with Gangway.',
  })
}
