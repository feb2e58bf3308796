import type { ErrorCode } from '../codes.ts'
import { type ErrorPattern, number, text } from './pattern.ts'

interface Failure {
  /** What nodemailer says went wrong. */
  code: string
  /** At which command of the conversation. */
  command: string
  /** The server's reply, 0 where it gave none. */
  reply: number
  /** Its words. */
  response: string
  /** What Node.js said below. */
  originalCode: string
}

function smtp(name: string, fits: (failure: Failure) => boolean, code: ErrorCode): ErrorPattern {
  return {
    name: `mail server: ${name}`,
    code,
    matches: (error) =>
      /^E[A-Z]/.test(text(error, 'code')) &&
      text(error, 'command') !== '' &&
      fits({
        code: text(error, 'code'),
        command: text(error, 'command'),
        reply: number(error, 'responseCode') ?? 0,
        response: text(error, 'response'),
        originalCode: text(error, 'originalCode'),
      }),
  }
}

const NOT_SIGNED_IN = [530, 534, 535, 538]

/** What nodemailer throws. Replies of servers: https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3 */
export const SMTP_PATTERNS: readonly ErrorPattern[] = [
  smtp('mailbox full', ({ reply }) => reply === 452, 'MAIL_UNAVAILABLE'),
  smtp('greylisted or busy', ({ reply }) => reply >= 400 && reply < 500, 'MAIL_UNAVAILABLE'),
  smtp('sign-in refused', ({ code, reply }) => /AUTH/.test(code) || NOT_SIGNED_IN.includes(reply), 'MAIL_MISCONFIGURED'),
  smtp('sender refused', ({ command, reply }) => command === 'MAIL FROM' && reply >= 500, 'MAIL_MISCONFIGURED'),
  // Of policy, such as relaying for others, says 5.7: https://www.rfc-editor.org/rfc/rfc3463#section-3.8
  smtp(
    'not allowed to send there',
    ({ command, response }) => command === 'RCPT TO' && /^5\d\d[ -]5\.7\./.test(response),
    'MAIL_MISCONFIGURED',
  ),
  smtp('no such mailbox', ({ command, reply }) => command === 'RCPT TO' && reply >= 500, 'MAIL_REFUSED'),
  smtp('message refused', ({ command, reply }) => command === 'DATA' && reply >= 500, 'MAIL_REFUSED'),
  smtp('no service for us', ({ reply }) => reply >= 500, 'MAIL_MISCONFIGURED'),
  smtp('address not valid', ({ code, reply }) => code === 'EENVELOPE' && reply === 0, 'MAIL_REFUSED'),
  smtp(
    'certificate or TLS not accepted',
    ({ code, originalCode }) => code === 'ETLS' || /CERT|TLS|SSL|EPROTO/.test(originalCode),
    'MAIL_MISCONFIGURED',
  ),
  smtp('no answer in time', ({ code }) => code === 'ETIMEDOUT' || code === 'EABORT', 'MAIL_UNAVAILABLE'),
  smtp('not reachable', ({ code }) => ['ESOCKET', 'ECONNECTION', 'EDNS', 'EPROTOCOL'].includes(code), 'MAIL_UNAVAILABLE'),
]
