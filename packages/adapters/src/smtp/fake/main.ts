import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type FakeSmtp, startFakeSmtp } from './fake-smtp.ts'

const USAGE = `Plays a mail server on a port of this machine, and shows every mail that it takes.

  node packages/adapters/src/smtp/fake/main.ts --port 2525

  --port            where it listens
  --user, --password  takes mail from nobody else
  --tls             off, starttls or implicit, with a certificate that nobody has signed; off when it is not given

What goes wrong next is typed, with connect, auth, mail, rcpt or data for when:

  cut data          the line is cut, here after the mail was taken
  refuse rcpt 550 5.1.1 No such user
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '2525' },
    user: { type: 'string' },
    password: { type: 'string', default: '' },
    tls: { type: 'string', default: 'off' },
    help: { type: 'boolean', default: false },
  },
})

const momentSchema = z.enum(['connect', 'auth', 'mail', 'rcpt', 'data'])

if (values.help) process.stdout.write(USAGE)
else await serve()

async function serve(): Promise<void> {
  const fake = await startFakeSmtp({
    port: Number(values.port),
    tls: z.enum(['off', 'starttls', 'implicit']).parse(values.tls),
    ...(values.user !== undefined && { users: { [values.user]: values.password } }),
    onReceived: ({ to, subject, text }) => process.stdout.write(`\nTo: ${to.join(', ')}\nSubject: ${subject}\n\n${text}\n`),
  })
  process.stdout.write(`SMTP_URL=${fake.url}\nMAIL_FROM=Gangway <hello@gangway.example>\n`)
  createInterface({ input: process.stdin }).on('line', (line) => process.stdout.write(`${plan(fake, line)}\n`))
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  await fake.close()
  process.exit()
}

/** Answers what has come of a typed line. */
function plan(fake: FakeSmtp, line: string): string {
  const [deed, when, code, ...message] = line.trim().split(/\s+/)
  const moment = momentSchema.safeParse(when).data
  if (moment && deed === 'cut') fake.cut(moment)
  else if (moment && deed === 'refuse' && Number(code) >= 400) fake.refuse(moment, Number(code), message.join(' '))
  else return 'cut <when>, or refuse <when> <code> <message>'
  return 'The next one will see it.'
}
