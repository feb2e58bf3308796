import { readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import { openApi } from '../openapi/document.ts'
import { docsPage } from './page.ts'

const STYLE = new URL('style.css', import.meta.url)

/** The description of every call, for programs and for people. */
export async function docsRoutes(server: FastifyInstance): Promise<void> {
  const document = openApi()
  const text = JSON.stringify(document, null, 2)
  const page = docsPage(document)
  const style = readFileSync(STYLE, 'utf8')
  server.get('/api/openapi.json', (_request, reply) => reply.type('application/json; charset=utf-8').send(text))
  server.get('/api/docs/style.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(style))
  server.get('/api/docs', (_request, reply) =>
    reply
      .type('text/html; charset=utf-8')
      .header(
        'content-security-policy',
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      )
      .send(page),
  )
}
