import { GangwayError } from '../errors/gangway-error.ts'
import type { WebhookAnswer, WebhookRequest, WebhookSender } from '../ports/webhook-sender.ts'
import { faultPoints, type Faults } from './faults.ts'

export interface MemoryWebhookSender extends WebhookSender, Faults<'post'> {
  readonly posted: readonly WebhookRequest[]
  /** What every receiver says from now on. */
  answerWith(answer: Partial<WebhookAnswer>): void
}

/** Only names and public-looking numbers; what a name leads to is nobody's question here. */
const PUBLIC = /^https:\/\/(?!10\.|127\.|192\.168\.|169\.254\.|localhost|\[)[a-z0-9.-]+(:\d+)?(\/|$)/

/** Keeps what is posted, and answers as it is told: 200 unless told. */
export function memoryWebhookSender(): MemoryWebhookSender {
  const { around, ...faults } = faultPoints<'post'>()
  const posted: WebhookRequest[] = []
  let answer: WebhookAnswer = { status: 200, body: '', retryAfterMs: null }

  function check(url: string): void {
    if (!PUBLIC.test(url)) throw new GangwayError('ADDRESS_REFUSED', { details: { reason: 'not_public' } })
  }

  return {
    ...faults,
    posted,
    check,
    answerWith: (partial) => {
      answer = { ...answer, ...partial }
    },
    post: (request) =>
      around('post', async () => {
        check(request.url)
        posted.push(request)
        return { ...answer, body: answer.body.slice(0, 1024) }
      }),
  }
}
