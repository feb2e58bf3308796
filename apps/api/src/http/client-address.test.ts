import { describe, expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'

const ATTEMPTS = 3
const env = { AUTH_ATTEMPTS_PER_MINUTE: String(ATTEMPTS) }
const open = await testApi({ env })
const proxied = await testApi({ env: { ...env, TRUSTED_PROXIES: 'loopback' } })

/** What so many sign-ins are answered, one after another. */
async function signIns(url: string, forwardedFor: readonly string[]): Promise<number[]> {
  const statuses: number[] = []
  for (const address of forwardedFor) {
    const { status } = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': address, 'x-gangway-client-address': address },
      body: JSON.stringify({ email: 'ada@example.com', password: 'not her password' }),
    })
    statuses.push(status)
  }
  return statuses
}

const REFUSED = [401, 401, 401, 429]

describe('whom a request comes from', () => {
  it('is not for the caller to say: another address for each guess at a password helps nobody', async () => {
    expect(await signIns(open.url, ['203.0.113.1', '203.0.113.2', '203.0.113.3', '203.0.113.4'])).toEqual(REFUSED)
  })

  it('is believed of a proxy that is trusted, for the address next to it', async () => {
    const guesses = (address: string) => Array.from({ length: ATTEMPTS + 1 }, (_, n) => `198.51.100.${n}, ${address}`)
    expect(await signIns(proxied.url, guesses('203.0.113.7'))).toEqual(REFUSED)
    expect(await signIns(proxied.url, guesses('203.0.113.8'))).toEqual(REFUSED)
  })

  it('is what the limits of an address go by', async () => {
    const left = async (url: string, address: string) =>
      Number(
        (await fetch(`${url}/health/live`, { headers: { 'x-forwarded-for': address } })).headers.get('x-ratelimit-remaining'),
      )
    const [first, second] = [await left(open.url, '203.0.113.9'), await left(open.url, '203.0.113.10')]
    expect(second).toBe(first - 1)
    expect(await left(proxied.url, '203.0.113.9')).toBe(await left(proxied.url, '203.0.113.10'))
  })
})
