import { createHmac, timingSafeEqual } from 'node:crypto'
import { API_LINKS } from '@gangway/schemas/links'
import { z } from 'zod'
import { GangwayError } from '../errors/index.ts'

interface LinkSettings {
  /** The newest signs; older ones are still good, since mails are kept for years. */
  mailLinkKeys: readonly string[]
  apiUrl: string
}

const tokenSchema = z.templateLiteral([z.uuid(), '.', z.string().regex(/^[\w-]{43}$/)])

/** Leads whoever holds it to the switch for one person's nudges, without signing in, and to nothing else. Has no end. */
export function unsubscribeLink({ mailLinkKeys, apiUrl }: LinkSettings, userId: string): string {
  return apiUrl + API_LINKS.unsubscribe(`${userId}.${sign(mailLinkKeys[0] ?? '', userId)}`)
}

/** Whose link it is. Throws MAIL_LINK_INVALID. */
export function readUnsubscribeToken({ mailLinkKeys }: Pick<LinkSettings, 'mailLinkKeys'>, token: string): string {
  const [userId = '', signature = ''] = tokenSchema.safeParse(token).data?.split('.') ?? []
  const given = Buffer.from(signature)
  const isSignedBy = (key: string) => {
    const expected = Buffer.from(sign(key, userId))
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
  if (!mailLinkKeys.some(isSignedBy)) throw new GangwayError('MAIL_LINK_INVALID')
  return userId
}

function sign(key: string, userId: string): string {
  return createHmac('sha256', key).update(`nudges off:${userId}`).digest('base64url')
}
