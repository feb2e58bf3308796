import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { GangwayError } from '@gangway/core/errors'
import { authenticateApiKey } from '@gangway/core/keys'
import type { Viewer } from '@gangway/schemas/account'
import type { FastifyRequest } from 'fastify'
import { giveStarterKit } from '../auth/give-starter-kit.ts'
import type { Composition } from '../compose.ts'
import type { Limits } from './limits.ts'
import type { Identify } from './route.ts'

const ROOT_KEY_HEADER = 'x-ca-root-key'
const API_KEY_HEADER = 'x-api-key'

/** Who may make a call: each of these throws where somebody else does. */
export function identifyBy({ viewers, config, contexts }: Composition, limits: Limits) {
  return (request: FastifyRequest): Identify => {
    async function viewer(): Promise<Viewer> {
      const found = await viewers.find(request.headers)
      if (!found) throw new GangwayError('UNAUTHENTICATED')
      return found
    }
    return {
      async root_key() {
        const given = request.headers[ROOT_KEY_HEADER]
        // Whoever has guessed too often is not told whether the next guess is right.
        await limits.refuseGuessers(request)
        if (typeof given === 'string' && isSame(given, config.secrets.rootKey)) return null
        if (given !== undefined) await limits.countGuess(request)
        throw new GangwayError('ROOT_KEY_INVALID')
      },

      async customer() {
        const person = await viewer()
        await limits.countCall(request, person.id)
        await giveStarterKit(contexts.starter, person)
        return person
      },

      async admin() {
        const person = await viewer()
        await limits.countCall(request, person.id)
        if (person.role !== 'admin') throw new GangwayError('FORBIDDEN')
        return person
      },

      async api_key() {
        const caller = await authenticateApiKey(contexts.keys, presentedKey(request.headers))
        await limits.countCall(request, caller.keyId)
        return caller
      },
    }
  }
}

/** In `Authorization: Bearer`, or in `X-API-Key` for clients that cannot set the former. */
function presentedKey({ authorization = '', [API_KEY_HEADER]: bare = '' }: IncomingHttpHeaders): string {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization) ?? []
  return bearer ?? String(bare)
}

/** Takes the same time wherever the two differ, and however long they are. */
function isSame(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}
