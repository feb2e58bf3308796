import { lookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { addressRefused } from './check-url.ts'
import { isPublicAddress } from './public-address.ts'

/** Tells everything that a name leads to. */
export type Resolve = (hostname: string, done: (error: Error | null, addresses: LookupAddress[]) => void) => void

export const resolveBySystem: Resolve = (hostname, done) => lookup(hostname, { all: true, order: 'verbatim' }, done)

/**
 * For the `lookup` of a socket: the addresses that are checked are those that it connects to, so that a name whose
 * answer changes in between gains nothing. One address that is not public refuses the name.
 */
export function guardedLookup(resolve: Resolve): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, (error, addresses) => {
      if (error) return done(error, '')
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return done(addressRefused('not_public'), '')
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })
  }
}
