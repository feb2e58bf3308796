import { connect, createServer, type Server, type Socket } from 'node:net'
import { classify } from '@gangway/core/errors'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeReply, startFakeServer } from '../fake-server/fake-server.ts'
import { createOutgoing } from './create-outgoing.ts'
import type { Resolve } from './guarded-lookup.ts'
import { startTlsServer } from './testing/tls-server.ts'

let reply: FakeReply = { status: 200 }
const fake = await startFakeServer(() => reply)
const secure = await startTlsServer()
const strict = createOutgoing({ allowLocalhost: false })
const local = createOutgoing({ allowLocalhost: true })
const servers: Server[] = []
const sockets = new Set<Socket>()

afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await Promise.all([fake.close(), secure.close(), ...servers.map((server) => new Promise((done) => server.close(done)))])
})
beforeEach(() => {
  reply = { status: 200 }
  fake.heal()
})

/** A server below HTTP, which does with a connection as it likes. */
async function rawServer(behave: (socket: Socket) => void): Promise<string> {
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    behave(socket)
  }).listen(0, '127.0.0.1')
  servers.push(server)
  await new Promise((done) => server.once('listening', done))
  const address = server.address()
  return `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

async function codeOf(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'answered',
    (error: unknown) => classify(error).code,
  )
}

const get = (url: string) => ({ url, method: 'GET' as const })
/** A name that means something else every time it is asked for. */
function names(...answers: string[][]) {
  const asked: string[] = []
  const resolve: Resolve = (hostname, done) => {
    asked.push(hostname)
    const addresses = answers[Math.min(asked.length, answers.length) - 1] ?? []
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    setImmediate(() => done(null, found))
  }
  return { asked, outgoing: createOutgoing({ allowLocalhost: false, resolve }) }
}

describe('an address that is refused before anybody is asked', () => {
  it.each([
    'http://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'nonsense',
    'https://me:secret@example.com/',
    'https://localhost/',
    'https://LOCALHOST/',
    'https://api.localhost/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://①27.0.0.1/',
    'https://10.0.0.1:8443/',
    'https://169.254.169.254/latest/meta-data/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://0.0.0.0/',
  ])('%s', async (url) => {
    expect(() => strict.check(url)).toThrow('ADDRESS_REFUSED')
    expect(await codeOf(strict.send(get(url)))).toBe('ADDRESS_REFUSED')
  })

  it('not a public one, by name or by number', () => {
    for (const url of ['https://example.com/hooks?a=1', 'https://8.8.8.8/', 'https://[2606:4700::1111]:8443/x'])
      expect(() => strict.check(url)).not.toThrow()
  })

  it('is this machine, unless development asks for it, and then only by its own names', async () => {
    const before = fake.requests.length
    expect(await codeOf(strict.send(get(fake.url)))).toBe('ADDRESS_REFUSED')
    expect(fake.requests).toHaveLength(before)
    expect((await local.send(get(fake.url))).status).toBe(200)
    expect((await local.send(get(`http://localhost:${fake.port}/`))).status).toBe(200)
    for (const url of ['http://10.0.0.1/', 'http://example.com/', 'http://0.0.0.0/', 'https://127.0.0.2/'])
      expect(await codeOf(local.send(get(url)))).toBe('ADDRESS_REFUSED')
  })
})

describe('a name', () => {
  it.each([['127.0.0.1'], ['10.0.0.1'], ['169.254.169.254'], ['::1'], ['::ffff:127.0.0.1'], ['fe80::1'], ['224.0.0.1']])(
    'that leads to %s is refused, and nothing is connected to',
    async (address) => {
      const { outgoing } = names([address])
      expect(await codeOf(outgoing.send(get(`https://evil.example:${secure.port}/`)))).toBe('ADDRESS_REFUSED')
      expect(secure.connections()).toBe(0)
    },
  )

  it('that leads to a public address and to a private one is refused as well', async () => {
    const { outgoing } = names(['8.8.8.8', '127.0.0.1'])
    expect(await codeOf(outgoing.send(get(`https://evil.example:${secure.port}/`)))).toBe('ADDRESS_REFUSED')
  })

  it('that leads nowhere is not found', async () => {
    expect(await codeOf(names([]).outgoing.send(get('https://evil.example/')))).toBe('ADDRESS_REFUSED')
    expect(await codeOf(strict.send(get('https://nothing.invalid/')))).toBe('NETWORK_UNREACHABLE')
  })

  it('race: is asked for once, and the address that was checked is the one that is connected to', async () => {
    const { outgoing, asked } = names(['8.8.8.8'], ['127.0.0.1'])
    const first = outgoing.send({ ...get(`https://evil.example:${secure.port}/`), deadlineMs: 300 })
    expect(await codeOf(first)).toMatch(/^NETWORK_/)
    expect(asked).toEqual(['evil.example'])
    expect(secure.connections()).toBe(0)
  })

  it('is asked for again by the next call: no connection is kept', async () => {
    const { outgoing, asked } = names(['127.0.0.1'])
    await codeOf(outgoing.send(get('https://evil.example/')))
    await codeOf(outgoing.send(get('https://evil.example/')))
    expect(asked).toHaveLength(2)
  })
})

describe('a call', () => {
  it('carries its body and headers, and neither cookies nor anything of a call before', async () => {
    reply = { status: 200, headers: { 'set-cookie': 'a=1; Path=/' } }
    const call = { url: `${fake.url}/in?b=2`, method: 'POST', headers: { 'webhook-id': 'msg_1' }, body: '{"é":1}' } as const
    await local.send(call)
    await local.send(call)
    expect(fake.requests.at(-1)).toMatchObject({ method: 'POST', path: '/in', body: '{"é":1}' })
    expect(fake.requests.at(-1)?.headers).toEqual({
      ...{ host: `127.0.0.1:${fake.port}`, connection: 'close', 'webhook-id': 'msg_1' },
      ...{ 'content-length': '8', 'accept-encoding': 'identity' },
    })
  })

  it('follows no redirect', async () => {
    reply = { status: 307, headers: { location: `${fake.url}/elsewhere` } }
    const before = fake.requests.length
    const { status, headers } = await local.send(get(fake.url))
    expect([status, headers.location]).toEqual([307, `${fake.url}/elsewhere`])
    expect(fake.requests).toHaveLength(before + 1)
  })

  it('reads no more than it wants of an answer, and does not wait for the rest', async () => {
    const closed = Promise.withResolvers<void>()
    const host = await rawServer((socket) => {
      socket.once('data', () => {
        socket.on('close', () => closed.resolve())
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        const pour = () => {
          while (!socket.destroyed && socket.write('x'.repeat(16_384))) continue
        }
        socket.on('drain', pour)
        pour()
      })
    })
    const { status, body, isCut } = await local.send(get(`http://${host}/`))
    expect([status, body.length, isCut]).toEqual([200, 65_536, true])
    await closed.promise
    reply = { status: 200, body: 'short' }
    expect(await local.send(get(fake.url))).toMatchObject({ isCut: false, body: Buffer.from('short') })
    expect((await local.send({ ...get(fake.url), maxBytes: 2 })).body.toString()).toBe('sh')
  })

  it.each([
    ['never answers', () => {}],
    ['never ends its headers', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\nx: ')],
    ['never ends its answer', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab')],
  ])('has a deadline for whoever %s', async (_, behave) => {
    const host = await rawServer((socket) => socket.once('data', () => behave(socket)))
    const begun = performance.now()
    expect(await codeOf(local.send({ ...get(`http://${host}/`), deadlineMs: 150 }))).toBe('NETWORK_TIMEOUT')
    expect(performance.now() - begun).toBeLessThan(2000)
  })

  it('has a deadline for names that take too long', async () => {
    const outgoing = createOutgoing({ allowLocalhost: false, resolve: () => {} })
    expect(await codeOf(outgoing.send({ ...get('https://slow.example/'), deadlineMs: 100 }))).toBe('NETWORK_TIMEOUT')
  })

  it('says what went wrong on the line', async () => {
    fake.fail({ kind: 'cut' })
    expect(await codeOf(local.send(get(fake.url)))).toBe('NETWORK_UNREACHABLE')
    const host = await rawServer((socket) => socket.once('data', () => socket.end('SSH-2.0-OpenSSH\r\n')))
    expect(await codeOf(local.send(get(`http://${host}/`)))).toBe('UPSTREAM_FAILED')
    expect(await codeOf(local.send(get(`https://127.0.0.1:${fake.port}/`)))).toBe('NETWORK_UNREACHABLE')
    const nowhere = new Promise((_, reject) => {
      connect({ host: '127.0.0.1', port: fake.port, localAddress: '192.0.2.1' }).on('error', reject)
    })
    expect(await codeOf(nowhere)).toBe('NETWORK_UNREACHABLE')
  })

  it('takes no certificate that nobody vouches for, and none of another name', async () => {
    expect(await codeOf(local.send(get(`https://localhost:${secure.port}/`)))).toBe('CERTIFICATE_REFUSED')
    await secure.trusted(async () => {
      expect((await local.send(get(`https://localhost:${secure.port}/`))).body.toString()).toBe('over TLS')
      expect(await codeOf(local.send(get(`https://127.0.0.1:${secure.port}/`)))).toBe('CERTIFICATE_REFUSED')
    })
  })
})
