import { classify, type ErrorCode, patternOf, PATTERNS } from '@gangway/core/errors'
import { testDatabase } from '@gangway/db/testing'
import { afterAll, describe, expect, it } from 'vitest'
import { mailerContract } from '../contracts/mailer.contract.ts'
import { startFakeServer } from '../fake-server/fake-server.ts'
import { createMailOutbox } from '../mail-outbox/mail-outbox.ts'
import { type FakeSmtp, type FakeSmtpOptions, startFakeSmtp } from './fake/fake-smtp.ts'
import { createSmtpCarrier } from './smtp-carrier.ts'

const FROM = 'Gangway <hello@gangway.example>'
const { db, sql } = await testDatabase()
const opened: FakeSmtp[] = []
const open = async (options?: FakeSmtpOptions) => {
  const server = await startFakeSmtp(options)
  opened.push(server)
  return server
}
afterAll(() => Promise.all(opened.map((server) => server.close())))

const server = await open()
// A server of another kind, which waits to be spoken to first.
const mute = await startFakeServer(() => ({ status: 204 }))
afterAll(() => mute.close())
const carrier = createSmtpCarrier({ url: server.url, from: FROM })

mailerContract('the outbox over SMTP', () => ({
  mailer: createMailOutbox({ db, carrier }),
  deliveredTo: async (address) =>
    server.received
      .filter(({ to }) => to.includes(address))
      .map(({ headers, subject, text, html }) => ({
        ...{ id: headers['message-id'] ?? '', to: address, subject, text, html },
        unsubscribeUrl: headers['list-unsubscribe']?.slice(1, -1),
      })),
  loseReply: () => server.cut('data'),
  waitUntilDue: async () => void (await sql`update mail_outbox set next_attempt_at = now()`),
}))

const mail = { dedupeKey: 'hello:1', to: 'ann@example.com', subject: 'Hello', text: 'Hello', html: '<p>Hello</p>' }

describe('createSmtpCarrier', () => {
  it('says from whom the mail is, and how to be spared the next one', async () => {
    await carrier.carry({ ...mail, dedupeKey: 'hello:off', unsubscribeUrl: 'https://api.example.com/off?token=x' })
    expect(server.received.at(-1)?.headers).toMatchObject({
      from: FROM,
      'message-id': expect.stringMatching(/^<[0-9a-f]{40}@gangway\.example>$/),
      'auto-submitted': 'auto-generated',
      'list-unsubscribe': '<https://api.example.com/off?token=x>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
    })
  })

  it('takes no address for two, and no subject for a header', async () => {
    await carrier.carry({ ...mail, to: 'ann@example.com, eve@example.com' }).catch(() => {})
    await carrier.carry({ ...mail, subject: 'Hello\r\nBcc: eve@example.com' })
    expect(server.received.flatMap(({ to }) => to)).not.toContain('eve@example.com')
    expect(server.received.at(-1)?.headers).not.toHaveProperty('bcc')
  })

  it('signs in, and over TLS where it must', async () => {
    const strict = await open({ users: { 'ann@example.com': 'p@ss word' }, tls: 'starttls' })
    const url = strict.url.replace('//', '//ann%40example.com:p%40ss%20word@')
    await createSmtpCarrier({ url: `${url}?tls=required&certificate=any`, from: FROM }).carry(mail)
    expect(strict.received).toHaveLength(1)
  })

  it('speaks TLS from the first byte', async () => {
    const implicit = await open({ tls: 'implicit' })
    await createSmtpCarrier({ url: `${implicit.url}?certificate=any`, from: FROM }).carry(mail)
    expect(implicit.received).toHaveLength(1)
  })

  it.each(['http://example.com', 'smtp:', 'smtp://example.com?tls=maybe', 'smtps://example.com?logger=true', 'nonsense'])(
    'refuses %s for an address',
    (url) => {
      expect(() => createSmtpCarrier({ url, from: FROM })).toThrow('must look like smtps://')
    },
  )
})

describe('the patterns of mail servers', () => {
  const told = (moment: Parameters<FakeSmtp['refuse']>[0], code: number, message: string) => async () => {
    server.refuse(moment, code, message)
    await carrier.carry(mail)
  }
  const at = (url: string) => createSmtpCarrier({ url, from: FROM }).carry(mail)

  const REAL: [name: string, code: ErrorCode, provoke: () => Promise<unknown>][] = [
    ['greylisting', 'MAIL_UNAVAILABLE', told('rcpt', 450, '4.2.0 Greylisted, try again in 5 minutes')],
    ['a local error', 'MAIL_UNAVAILABLE', told('data', 451, '4.3.0 Local error in processing')],
    ['a full mailbox', 'MAIL_UNAVAILABLE', told('rcpt', 452, '4.2.2 Mailbox full')],
    ['a server that is too busy', 'MAIL_UNAVAILABLE', told('connect', 421, '4.3.2 Too many connections')],
    ['a server for others', 'MAIL_MISCONFIGURED', told('connect', 554, '5.3.2 No service here')],
    ['a sender that is refused', 'MAIL_MISCONFIGURED', told('mail', 550, '5.7.1 Sender not allowed')],
    ['relaying denied', 'MAIL_MISCONFIGURED', told('rcpt', 554, '5.7.1 Relay access denied')],
    ['a mailbox that is not there', 'MAIL_REFUSED', told('rcpt', 550, '5.1.1 No such user')],
    ['a message taken for spam', 'MAIL_REFUSED', told('data', 554, '5.7.1 Message rejected')],
    ['an address that is none', 'MAIL_REFUSED', () => carrier.carry({ ...mail, to: '' })],
    [
      'a line that is cut',
      'MAIL_UNAVAILABLE',
      async () => {
        server.cut('rcpt')
        await carrier.carry(mail)
      },
    ],
    [
      'a wrong password',
      'MAIL_MISCONFIGURED',
      async () => at((await open({ users: { ann: 'right' } })).url.replace('//', '//ann:wrong@')),
    ],
    ['no password at all', 'MAIL_MISCONFIGURED', async () => at((await open({ users: { ann: 'right' } })).url)],
    ['a certificate that nobody signed', 'MAIL_MISCONFIGURED', async () => at((await open({ tls: 'implicit' })).url)],
    ['a server without TLS where it must be', 'MAIL_MISCONFIGURED', () => at(`${server.url}?tls=required`)],
    ['a host that is not there', 'MAIL_UNAVAILABLE', () => at('smtp://mail.invalid')],
    ['a server that says nothing', 'MAIL_UNAVAILABLE', () => at(mute.url.replace('http', 'smtp'))],
    [
      'a server that is down',
      'MAIL_UNAVAILABLE',
      async () => {
        const down = await startFakeSmtp()
        await down.close()
        await at(down.url)
      },
    ],
  ]

  const met = new Set<string | undefined>()
  it.each(REAL)(
    'know %s',
    async (_name, code, provoke) => {
      const error: unknown = await provoke().then(
        () => undefined,
        (caught: unknown) => caught,
      )
      expect(error).toBeInstanceOf(Error)
      expect(classify(error).code).toBe(code)
      met.add(patternOf(error)?.name)
    },
    20_000,
  )

  it('are all met', () => {
    const known = PATTERNS.map(({ name }) => name).filter((name) => name.startsWith('mail server: '))
    expect(known.filter((name) => !met.has(name))).toEqual([])
  })
})
