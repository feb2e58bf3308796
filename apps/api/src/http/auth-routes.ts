import { fromNodeHeaders } from 'better-auth/node'
import type { FastifyInstance } from 'fastify'
import { type Auth, CLIENT_ADDRESS_HEADER } from '../auth/auth.ts'
import type { Viewers } from '../auth/viewers.ts'

/** Hands requests below /api/auth to better-auth, which speaks Fetch. */
export async function authRoutes(server: FastifyInstance, { auth, viewers }: { auth: Auth; viewers: Viewers }): Promise<void> {
  server.route({
    method: ['GET', 'POST'],
    url: '/api/auth/*',
    async handler(request, reply) {
      const url = new URL(request.url, `${request.protocol}://${request.headers.host ?? 'localhost'}`)
      const body = request.body ? JSON.stringify(request.body) : undefined
      const headers = fromNodeHeaders(request.headers)
      // The body is written anew: its old length would cut it.
      headers.delete('content-length')
      headers.set(CLIENT_ADDRESS_HEADER, request.ip)
      const response = await auth.handler(new Request(url, { method: request.method, headers, ...(body && { body }) }))
      if (request.method === 'POST') viewers.forgetAll()
      reply.status(response.status)
      // A page has its cookie, which no script can read: the token beside it is for callers that are no browsers.
      const isBrowser = request.headers['sec-fetch-site'] !== undefined || request.headers.origin !== undefined
      const kept = new Set(isBrowser ? ['set-cookie', 'set-auth-token'] : ['set-cookie'])
      for (const [name, value] of response.headers) if (!kept.has(name)) reply.header(name, value)
      for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
      return reply.send(await response.text())
    },
  })
}
