import type { BaseContext } from '@gangway/core/context'
import { classify, GangwayError } from '@gangway/core/errors'
import type { FastifyInstance } from 'fastify'
import superjson from 'superjson'
import { restProblemOf } from '../rest/problem.ts'
import { problemOf, reportProblem } from '../trpc/problem.ts'

/** What fails before a procedure is reached is answered like what fails inside one. */
export function answerErrors(server: FastifyInstance, base: BaseContext): void {
  const answer = (error: Error, url: string) => {
    const { status } = classify(error)
    const problem = problemOf(error)
    reportProblem(base.log, error, { url: url.split('?')[0] })
    if (!url.startsWith('/trpc')) return restProblemOf(error)
    const shape = { message: problem.message, code: -32_600, data: { code: problem.code, httpStatus: status, problem } }
    const envelope = { error: superjson.serialize(shape) }
    return { status, retryAfter: undefined, body: /[?&]batch=1/.test(url) ? [envelope] : envelope }
  }
  server.setErrorHandler((error, request, reply) => {
    const { status, body, retryAfter } = answer(error instanceof Error ? error : new Error(String(error)), request.url)
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
    return reply.status(status).send(body)
  })
  server.setNotFoundHandler((request, reply) => {
    const { status, body } = answer(new GangwayError('NOT_FOUND'), request.url)
    return reply.status(status).send(body)
  })
}
