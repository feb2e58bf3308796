import { patternOf } from '@gangway/core/errors'
import Fastify from 'fastify'
import { afterAll, describe, expect, it } from 'vitest'

const server = Fastify({ bodyLimit: 100 })
server.post('/', () => ({ ok: true }))
server.setErrorHandler((error, _request, reply) => reply.status(400).send({ pattern: patternOf(error)?.name }))
afterAll(() => server.close())

async function posted(payload: string, type = 'application/json'): Promise<string> {
  const { body } = await server.inject({ method: 'POST', url: '/', payload, headers: { 'content-type': type } })
  return body
}

describe('the patterns of requests', () => {
  it.each([
    ['request body too large', () => posted(JSON.stringify('x'.repeat(200)))],
    ['request not JSON', () => posted('{"half')],
    ['request not JSON', () => posted('')],
    ['request not JSON', () => posted('a: 1', 'application/yaml')],
  ])('know "%s" from the real failure', async (pattern, post) => {
    expect(JSON.parse(await post())).toEqual({ pattern })
  })
})
