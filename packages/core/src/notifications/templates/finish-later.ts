import { layOut, type MailContent } from '../layout.ts'

interface FinishLaterMail {
  name: string
  /** Steps done or skipped, and all there are. */
  done: number
  steps: number
  /** Leads to the step where they left, absolute. */
  url: string
  unsubscribeUrl: string
}

const UNSUBSCRIBE = 'Send me no reminders'

/** For somebody who left the questions open for a day. */
export function finishLaterMail({ name, done, steps, url, unsubscribeUrl }: FinishLaterMail): MailContent {
  return layOut({
    subject: 'Your answers are saved. Finish when it suits you',
    preview: 'It goes on exactly where you left.',
    heading: 'Pick up where you left',
    paragraphs: [
      `Hello ${name}, ${progress(done, steps)} Everything you typed is saved, on every device.`,
      'The rest takes a few minutes. Questions that are not required can be skipped.',
    ],
    action: { label: 'Go on', url },
    note: 'You get this mail because you began to set up Gangway. There will be one more reminder at most.',
    unsubscribe: { label: UNSUBSCRIBE, url: unsubscribeUrl },
  })
}

/** The second and last one, after three days. */
export function lastFinishLaterMail({ name, done, steps, url, unsubscribeUrl }: FinishLaterMail): MailContent {
  return layOut({
    subject: 'Still interested? Your answers wait for you',
    preview: 'This is the last reminder.',
    heading: 'Your answers wait for you',
    paragraphs: [
      `Hello ${name}, ${progress(done, steps)} If now is a good time, it goes on exactly where you left.`,
      'If it is not, do nothing: your answers stay where they are, and we do not write again about them.',
    ],
    action: { label: 'Go on', url },
    note: 'You get this mail because you began to set up Gangway. It is the last reminder.',
    unsubscribe: { label: UNSUBSCRIBE, url: unsubscribeUrl },
  })
}

function progress(done: number, steps: number): string {
  return done === 0 ? 'you have begun to set up Gangway.' : `you have done ${done} of ${steps} steps.`
}
