import { layOut, type MailContent } from '../layout.ts'

interface HandOffMail {
  /** The name of who hands the step over. */
  owner: string
  /** undefined before the company is known. */
  company?: string
  /** The step's title. */
  step: string
  /** Leads to that step and nothing else, absolute. */
  url: string
}

/** For a colleague who is asked to answer one step. */
export function handOffMail({ owner, company, step, url }: HandOffMail): MailContent {
  const whose = company ? ` for ${company}` : ''
  return layOut({
    subject: `${owner} asks you to answer “${step}”`,
    preview: 'One step, a few questions, nothing else.',
    heading: `${owner} asks for your help`,
    paragraphs: [
      `${owner} is setting up Gangway${whose} and thinks that you know best what to answer in the step “${step}”.`,
      `The link opens this one step and nothing else. ${owner} sees what you answered and that it was you.`,
    ],
    action: { label: 'Answer the questions', url },
    note: `The link is for you alone and valid for 7 days. If you do not know ${owner}, ignore this mail.`,
  })
}
