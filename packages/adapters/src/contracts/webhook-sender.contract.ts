import { classify } from '@gangway/core/errors'
import type { WebhookSender } from '@gangway/core/ports'
import { describe, expect, it } from 'vitest'

export interface WebhookSenderUnderTest {
  sender: WebhookSender
  url: string
  /** What the receiver says from now on. */
  answerWith(answer: { status: number; headers?: Record<string, string>; body?: unknown }): void
  /** The last thing that arrived there. */
  received(): { headers: Readonly<Record<string, string>>; body: string } | undefined
  /** The next post loses its line. */
  cutNext(): void
}

/** What every sender of webhooks must do. */
export function webhookSenderContract(name: string, open: () => WebhookSenderUnderTest): void {
  describe(`${name} keeps the contract of a webhook sender`, () => {
    const message = { headers: { 'webhook-id': 'msg_1', 'webhook-signature': 'v1,x v1,y' }, body: '{"name":"Zoë"}' }

    it('carries body and headers as they are', async () => {
      const { sender, url, received } = open()
      await sender.post({ url, ...message })
      expect(received()).toMatchObject(message)
    })

    it.each([200, 204, 301, 404, 410, 503])('answers whatever the receiver says: %i', async (status) => {
      const { sender, url, answerWith } = open()
      answerWith({ status })
      expect(await sender.post({ url, ...message })).toEqual({ status, body: '', retryAfterMs: null })
    })

    it('keeps the beginning of the answer', async () => {
      const { sender, url, answerWith } = open()
      answerWith({ status: 500, body: 'x'.repeat(5000) })
      expect((await sender.post({ url, ...message })).body).toBe('x'.repeat(1024))
    })

    it('throws what the network says, in words that are known', async () => {
      const { sender, url, cutNext } = open()
      cutNext()
      const failed = sender.post({ url, ...message }).catch((error: unknown) => classify(error).code)
      expect(await failed).toBe('NETWORK_UNREACHABLE')
    })

    it.each(['http://example.com/', 'https://10.0.0.1/', 'https://[fe80::1]/', 'https://me:pw@example.com/', 'nonsense'])(
      'refuses %s',
      async (refused) => {
        const { sender } = open()
        expect(() => sender.check(refused)).toThrow('ADDRESS_REFUSED')
        await expect(sender.post({ url: refused, ...message })).rejects.toThrow('ADDRESS_REFUSED')
      },
    )
  })
}
