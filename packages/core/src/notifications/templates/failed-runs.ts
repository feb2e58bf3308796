import { layOut, type MailContent } from '../layout.ts'

interface FailedRunsMail {
  /** The newest of them, at most as many as a mail can show. */
  runs: readonly { slug: string; message: string }[]
  /** All of them. */
  count: number
  /** Leads to the one run, or to all that have failed; absolute. */
  url: string
}

/** For staff, when runs have failed that nobody but them can help. */
export function failedRunsMail({ runs, count, url }: FailedRunsMail): MailContent {
  const [only] = runs
  const one = count === 1 && only !== undefined
  const rest = count - runs.length
  return layOut({
    subject: one ? `Run alert: the setup of ${only.slug} needs you` : `Run alert: ${count} setups need you`,
    preview: 'They do not go on by themselves.',
    heading: one ? `The setup of ${only.slug} needs you` : `${count} setups need you`,
    paragraphs: [
      one
        ? 'It has failed for a cause that neither the customer nor another try can mend.'
        : 'They have failed for causes that neither the customers nor another try can mend.',
      'See the cause, mend it, and retry; or roll back and refund.',
    ],
    facts: [
      ...runs.map(({ slug, message }) => ({ label: slug, value: message })),
      ...(rest > 0 ? [{ label: 'And', value: `${rest} more` }] : []),
    ],
    action: { label: one ? 'Open the run' : 'Open the runs', url },
    note: 'You get this mail as an admin, at most every 15 minutes while new setups fail.',
  })
}
