import { isIP } from 'node:net'
import { GangwayError } from '@gangway/core/errors'
import { isPublicAddress } from './public-address.ts'

const LOCAL_NAMES = new Set(['localhost', '127.0.0.1', '[::1]'])

/** `allowLocalhost`: this machine by its own names, also without TLS. For development, never in production. */
export interface OutgoingRules {
  allowLocalhost: boolean
}

/**
 * The address, once what can be told without asking anybody is in order: https, no password, no literal address that is
 * not public. Throws ADDRESS_REFUSED.
 */
export function checkUrl(text: string, { allowLocalhost }: OutgoingRules): URL {
  if (!URL.canParse(text)) throw addressRefused('not_an_address')
  // The parser brings every way to write an IPv4 address (0x7f.1, 2130706433) to the usual one.
  const url = new URL(text)
  if (url.username || url.password) throw addressRefused('has_password')
  if (isLocalhost(url)) {
    if (allowLocalhost && ['http:', 'https:'].includes(url.protocol)) return url
    throw addressRefused('not_public')
  }
  if (url.protocol !== 'https:') throw addressRefused('not_https')
  const host = hostOf(url)
  if (isIP(host) && !isPublicAddress(host)) throw addressRefused('not_public')
  return url
}

export function isLocalhost({ hostname }: URL): boolean {
  return LOCAL_NAMES.has(hostname) || hostname.endsWith('.localhost')
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

export function addressRefused(reason: 'not_an_address' | 'has_password' | 'not_https' | 'not_public'): GangwayError {
  return new GangwayError('ADDRESS_REFUSED', { details: { reason } })
}
