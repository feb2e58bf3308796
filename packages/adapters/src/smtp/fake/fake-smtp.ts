import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { parseMail, type ReceivedMail } from './parse-mail.ts'

/** Where in a conversation something happens. */
type Moment = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data'

export interface FakeSmtp {
  port: number
  /** Without a password. */
  url: string
  /** What the server has taken, those mails included whose reply was lost. */
  received: readonly ReceivedMail[]
  /** At the next such moment the server answers so. */
  refuse(moment: Moment, code: number, message: string): void
  /** At the next such moment the line is cut; at `data`, after the mail was taken. */
  cut(moment: Moment): void
  close(): Promise<void>
}

export interface FakeSmtpOptions {
  /** Mail is taken from them only, and over TLS only where it is on. */
  users?: Readonly<Record<string, string>>
  /** `starttls` and `implicit` bring the server's own certificate, which nobody has signed. */
  tls?: 'off' | 'starttls' | 'implicit'
  port?: number
  /** Called for each mail that was taken. */
  onReceived?: (mail: ReceivedMail) => void
}

/** A mail server on a port of this machine, that takes everything and fails as it is told. */
export async function startFakeSmtp({ users, tls = 'off', port = 0, onReceived }: FakeSmtpOptions = {}): Promise<FakeSmtp> {
  const received: ReceivedMail[] = []
  const plans: { moment: Moment; act: 'cut' | Error }[] = []
  const sockets = new Map<number, Socket>()

  /** Answers whether the line was cut, or throws the refusal. */
  function reach(moment: Moment, session: SMTPServerSession): boolean {
    const index = plans.findIndex((plan) => plan.moment === moment)
    const [plan] = index < 0 ? [] : plans.splice(index, 1)
    if (plan?.act === 'cut') sockets.get(session.remotePort)?.resetAndDestroy()
    if (plan && plan.act !== 'cut') throw plan.act
    return plan?.act === 'cut'
  }

  function guarded(moment: Moment, session: SMTPServerSession, done: (error?: Error | null) => void): void {
    try {
      if (!reach(moment, session)) done()
    } catch (error) {
      done(asError(error))
    }
  }

  const options: SMTPServerOptions = {
    secure: tls === 'implicit',
    disabledCommands: tls === 'off' ? ['STARTTLS'] : [],
    authOptional: !users,
    allowInsecureAuth: true,
    closeTimeout: 100,
    onConnect: (session, done) => guarded('connect', session, done),
    onMailFrom: (_address, session, done) => guarded('mail', session, done),
    onRcptTo: (_address, session, done) => guarded('rcpt', session, done),
    onAuth: ({ username = '', password }, session, done) =>
      guarded('auth', session, (error) => {
        if (error) return done(error)
        if (users?.[username] === password) return done(null, { user: username })
        done(reply(535, '5.7.8 Authentication credentials invalid'))
      }),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        try {
          const lost = reach('data', session)
          const to = session.envelope.rcptTo.map(({ address }) => address)
          const mail = parseMail(Buffer.concat(chunks).toString(), to)
          received.push(mail)
          onReceived?.(mail)
          if (!lost) done()
        } catch (error) {
          done(asError(error))
        }
      })
    },
  }

  const server = new SMTPServer(options)
  // Clients that hang up in the middle are what this server is for.
  server.on('error', () => {})
  server.server.on('connection', (socket: Socket) => {
    if (socket.remotePort !== undefined) sockets.set(socket.remotePort, socket)
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  const address = server.server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    port: bound,
    url: `${tls === 'implicit' ? 'smtps' : 'smtp'}://127.0.0.1:${bound}`,
    received,
    refuse: (moment, code, message) => plans.push({ moment, act: reply(code, message) }),
    cut: (moment) => plans.push({ moment, act: 'cut' }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode })
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error))
}
