import { layOut, type MailContent } from '../layout.ts'

interface KeyReadyMail {
  name: string
  company: string
  /** The first characters of the key. */
  prefix: string
  /** Until when it can be shown. */
  expiresAt: Date
  /** The page that shows it, absolute. */
  url: string
}

/** For somebody who has not saved a new key yet. Says where it is and does not hold it. */
export function keyReadyMail({ name, company, prefix, expiresAt, url }: KeyReadyMail): MailContent {
  return layOut({
    subject: `Your API key for ${company} is ready`,
    preview: 'Copy it to a safe place before it is hidden for good.',
    heading: 'Your API key is ready',
    paragraphs: [
      `Hello ${name}, the first API key of ${company} waits to be saved. Open the setup page, copy the key to a safe place, and confirm that you have it.`,
      'It can be shown for two hours only. After that nobody can show it again, not even we; then make a new one in the settings.',
    ],
    facts: [
      { label: 'Key', value: `${prefix}…` },
      { label: 'Can be shown until', value: utc(expiresAt) },
    ],
    action: { label: 'Show the key', url },
    note: 'You get this mail because the key has not been saved yet. Nobody who reads it can see the key without signing in as you.',
  })
}

/** `21 Nov 2026, 14:05 UTC`: nobody knows where a mail is read. */
function utc(at: Date): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return `${format.format(at)} UTC`
}
