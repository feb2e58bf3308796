import { createHash } from 'node:crypto'
import type { Clock } from '@gangway/core/ports'
import type { FakeReply, FakeRequest } from '../../fake-server/fake-server.ts'
import { invalidRequest, StripeProblem } from './problem.ts'

/** Keys can be forgotten after this time. https://docs.stripe.com/api/idempotent_requests */
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000

interface Remembered {
  fingerprint: string
  at: number
  reply: FakeReply | undefined
}

export interface Idempotency {
  /**
   * Does the work of a key once, and answers a repeat as the first, failures included. Throws when another request with
   * the key is at work, and when the key has been used for something else.
   */
  once(request: FakeRequest, work: () => Promise<FakeReply>): Promise<FakeReply>
}

export function createIdempotency(clock: Clock): Idempotency {
  const remembered = new Map<string, Remembered>()
  return {
    async once(request, work) {
      const key = request.headers['idempotency-key']
      if (request.method !== 'POST' || key === undefined) return work()
      if (key.length > 255) throw invalidRequest('Idempotency keys are at most 255 characters long.')
      const now = clock.now().getTime()
      const fingerprint = createHash('sha256').update(`${request.method} ${request.path} ${request.body}`).digest('hex')
      const known = remembered.get(key)
      if (known && now - known.at < FORGET_AFTER_MS) return repeat(known, { key, fingerprint })
      const entry: Remembered = { fingerprint, at: now, reply: undefined }
      remembered.set(key, entry)
      try {
        const reply = await work()
        entry.reply = reply
        return reply
      } catch (error) {
        remembered.delete(key)
        throw error
      }
    },
  }
}

function repeat(known: Remembered, { key, fingerprint }: { key: string; fingerprint: string }): FakeReply {
  if (known.fingerprint !== fingerprint) {
    const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
    throw new StripeProblem(400, { type: 'idempotency_error', message })
  }
  if (known.reply === undefined) {
    const message = `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`
    throw new StripeProblem(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message })
  }
  return { ...known.reply, headers: { ...known.reply.headers, 'idempotent-replayed': 'true' } }
}
