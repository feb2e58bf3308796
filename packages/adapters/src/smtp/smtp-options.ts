import type SMTPTransport from 'nodemailer/lib/smtp-transport'
import { z } from 'zod'

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

const querySchema = z.strictObject({
  /** Of `smtp:`. `required`: no mail without STARTTLS; `optional`: with it where the server offers it; `off`: never. */
  tls: z.enum(['required', 'optional', 'off']).optional(),
  /** `any` takes a certificate that nobody has signed. */
  certificate: z.enum(['verified', 'any']).default('verified'),
})

/** One address says how mail leaves: `smtps://user:password@host:465`, `smtp://host:587?tls=required`. Throws with what is wrong. */
export const smtpUrlSchema = z.string().transform((text, context) => {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const query = querySchema.safeParse(url && Object.fromEntries(url.searchParams))
  if (url && ['smtp:', 'smtps:'].includes(url.protocol) && url.hostname && query.success) return optionsOf(url, query.data)
  context.addIssue({
    code: 'custom',
    message: 'must look like smtps://user:password@host or smtp://host:587?tls=required (optional, off)&certificate=any',
  })
  return z.NEVER
})

/** Nobody waits for a mail, but the queue behind one that hangs does. */
const PATIENCE = { dnsTimeout: 5000, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000 } as const

function optionsOf({ protocol, hostname, port, username, password }: URL, query: z.output<typeof querySchema>) {
  const secure = protocol === 'smtps:'
  // A password, and links that let people in, cross no network in the open unless somebody says so.
  const tls = query.tls ?? (LOOPBACK.has(hostname) ? 'optional' : 'required')
  return {
    ...PATIENCE,
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port) || (secure ? 465 : 587),
    secure,
    ...(!secure && { requireTLS: tls === 'required', ignoreTLS: tls === 'off' }),
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    tls: { rejectUnauthorized: query.certificate === 'verified' },
    // A template is text: nothing in it may name a file or an address to be read.
    disableFileAccess: true,
    disableUrlAccess: true,
  } satisfies SMTPTransport.Options
}
