import { get } from 'node:http'
import { get as getSecurely, type RequestOptions } from 'node:https'
import { createServer } from 'node:net'
import { patternOf, PATTERNS } from '@gangway/core/errors'
import { OAuth2Client } from 'google-auth-library'
import { afterAll, describe, expect, it } from 'vitest'
import { startFakeServer } from '../fake-server/fake-server.ts'
import { startTlsServer } from './testing/tls-server.ts'

const plain = await startFakeServer(() => ({ status: 204 }))
const secure = await startTlsServer()
const babbling = createServer((socket) => socket.on('error', () => {}).end('HELO\r\n\r\n')).listen(0, '127.0.0.1')
afterAll(async () => {
  babbling.close()
  await Promise.all([plain.close(), secure.close()])
})

function asking(ask: typeof get | typeof getSecurely, options: RequestOptions): Promise<unknown> {
  return new Promise((resolve, reject) => ask({ host: '127.0.0.1', ...options }, resolve).on('error', reject))
}

/** What Google's HTTP client says of a status. */
async function answered(status: number): Promise<unknown> {
  plain.fail({ kind: 'status', status })
  return new OAuth2Client().transporter.request({ url: plain.url, retry: false })
}

const babblingPort = () => {
  const address = babbling.address()
  return typeof address === 'object' && address ? address.port : 0
}

const REAL: Record<string, () => Promise<unknown>> = {
  'certificate not trusted': () => asking(getSecurely, { port: secure.port }),
  'no TLS at that address': () => asking(getSecurely, { port: plain.port }),
  'the answer is not HTTP': () => asking(get, { port: babblingPort() }),
  'no way to that address': () => asking(get, { port: plain.port, localAddress: '198.51.100.1' }),
  'too many requests': () => answered(429),
  'service failed': () => answered(503),
}

describe('the patterns of other addresses', () => {
  it.each(Object.entries(REAL))('know "%s" from the real failure', async (name, provoke) => {
    const error: unknown = await provoke().then(
      () => undefined,
      (caught: unknown) => caught,
    )
    expect(patternOf(error)?.name).toBe(name)
  })

  it('exist', () => {
    const names = new Set(PATTERNS.map(({ name }) => name))
    expect(Object.keys(REAL).filter((name) => !names.has(name))).toEqual([])
  })
})
