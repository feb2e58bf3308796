import { asHtml } from './layout-html.ts'

export interface Letter {
  subject: string
  /** What a list of mails shows beside the subject; the first paragraph unless told. */
  preview?: string
  heading: string
  paragraphs: readonly string[]
  /** To be copied by hand. */
  code?: { label: string; value: string }
  facts?: readonly { label: string; value: string }[]
  action: { label: string; url: string }
  /** Small print: why this mail came, and what to do when it was not expected. */
  note: string
  /** Of mails that can be switched off. */
  unsubscribe?: { label: string; url: string }
}

export interface MailContent {
  subject: string
  text: string
  html: string
  unsubscribeUrl?: string
}

/** One letter as text and as HTML. */
export function layOut(letter: Letter): MailContent {
  const subject = singleLine(letter.subject)
  const { unsubscribe } = letter
  return {
    ...{ subject, text: asText(letter), html: asHtml({ ...letter, subject }) },
    ...(unsubscribe && { unsubscribeUrl: unsubscribe.url }),
  }
}

// A line break in a subject would begin a header of its own.
function singleLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001F\u007F\u2028\u2029]+/g, ' ').trim()
}

function asText({ heading, paragraphs, code, facts = [], action, note, unsubscribe }: Letter): string {
  const parts = [
    heading,
    ...paragraphs,
    ...(facts.length > 0 ? [facts.map(({ label, value }) => `${label}: ${value}`).join('\n')] : []),
    ...(code ? [`${code.label}: ${code.value}`] : []),
    `${action.label}:\n${action.url}`,
    `-- \n${note}`,
    ...(unsubscribe ? [`${unsubscribe.label}:\n${unsubscribe.url}`] : []),
  ]
  return parts.join('\n\n') + '\n'
}
