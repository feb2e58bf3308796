import { describe, expect, it } from 'vitest'
import { attemptText, webhookEndpointFieldsSchema } from './webhooks.ts'

describe('what a person says about an endpoint', () => {
  const parse = (fields: object) =>
    webhookEndpointFieldsSchema.safeParse({ url: 'https://a.example/', events: ['run.failed'], ...fields })

  it.each(['', 'a.example', 'ftp://a.example', 'javascript:alert(1)', `https://a.example/${'x'.repeat(2000)}`])(
    'has an address: %s is none',
    (url) => {
      expect(parse({ url }).error?.issues[0]?.path).toEqual(['url'])
    },
  )

  it('is trimmed; events come in one order, each once, and at least one', () => {
    expect(parse({ url: ' https://a.example/x ', events: ['run.failed', 'run.succeeded', 'run.failed'] }).data).toEqual({
      ...{ url: 'https://a.example/x', description: '', events: ['run.succeeded', 'run.failed'] },
    })
    expect(parse({ events: [] }).success).toBe(false)
    expect(parse({ events: ['webhook.test'] }).success).toBe(false)
  })
})

it.each([
  [{ status: 200, error: null }, 'Answered 200'],
  [{ status: 302, error: null }, 'Answered 302; redirects are not followed'],
  [{ status: null, error: 'NETWORK_TIMEOUT' }, 'No answer within 10 seconds'],
  [{ status: null, error: 'SECRET_UNREADABLE' }, 'It could not be sent'],
  [{ status: null, error: null }, 'Not tried yet'],
])('%j reads “%s”', (attempt, text) => {
  expect(attemptText(attempt)).toBe(text)
})
