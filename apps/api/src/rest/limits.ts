import { GangwayError } from '@gangway/core/errors'
import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Wrong root keys from one address, and calls of one person or key. */
const GUESSES_PER_MINUTE = 20
const CALLS_PER_MINUTE = 600

/** Beside the limit that every address has. All of them throw RATE_LIMITED with when to come back. */
export interface Limits {
  refuseGuessers(request: FastifyRequest): Promise<void>
  countGuess(request: FastifyRequest): Promise<void>
  countCall(request: FastifyRequest, caller: string): Promise<void>
}

export function openLimits(server: FastifyInstance): Limits {
  const callers = new WeakMap<FastifyRequest, string>()
  const guesses = server.createRateLimit({ max: GUESSES_PER_MINUTE, timeWindow: '1 minute', keyGenerator: ({ ip }) => ip })
  const calls = server.createRateLimit({
    ...{ max: CALLS_PER_MINUTE, timeWindow: '1 minute' },
    keyGenerator: (request) => callers.get(request) ?? request.ip,
  })
  return {
    refuseGuessers: async (request) => refuse(await guesses(request, { increment: false })),
    countGuess: async (request) => refuse(await guesses(request)),
    async countCall(request, caller) {
      callers.set(request, caller)
      refuse(await calls(request))
    },
  }
}

type Limited = Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>

function refuse(limited: Limited): void {
  if (limited.isAllowed || !limited.isExceeded) return
  throw new GangwayError('RATE_LIMITED', { details: { resetsAt: new Date(Date.now() + limited.ttl) } })
}
