import { z } from 'zod'
import type { FakeReply } from '../../fake-server/fake-server.ts'
import { type FakePart, type FakeProvider, type FakeProviderOptions, startFakeProvider } from './fake-provider.ts'

const MODELS = ['gemini-3-pro', 'gemini-3-flash'].map((name) => ({
  ...{ name: `models/${name}`, version: '3', displayName: name, inputTokenLimit: 1_048_576, outputTokenLimit: 65_536 },
  supportedGenerationMethods: ['generateContent'],
}))

function refusal(code: number, status: string, reason: string): FakeReply {
  const info = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }
  const message = { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en-US', message: reason }
  return { status: code, body: { error: { code, message: reason, status, details: [info, message] } } }
}

const parameters = z.strictObject({
  pageSize: z.coerce.number().int().min(1).max(1000).default(50),
  pageToken: z.enum(['1']).optional(),
})

const part: FakePart = {
  keys: {
    full: 'AIzaSyFake000000000000000000000good',
    limited: 'AIzaSyFake0000000000000000limited',
    revoked: 'AIzaSyFake0000000000000000revoked',
  },
  notFound: refusal(404, 'NOT_FOUND', 'NOT_FOUND'),
  keyOf: ({ headers }) => headers['x-goog-api-key'],
  answer(request, { rights }) {
    if (!request.headers['x-goog-api-key']) return refusal(403, 'PERMISSION_DENIED', 'CONSUMER_INVALID')
    if (rights === undefined || rights === 'revoked') return refusal(400, 'INVALID_ARGUMENT', 'API_KEY_INVALID')
    if (request.path !== '/v1beta/models') return undefined
    // A key that is restricted to other services of Google's.
    if (rights === 'limited') return refusal(403, 'PERMISSION_DENIED', 'API_KEY_SERVICE_BLOCKED')
    const query = parameters.safeParse(Object.fromEntries(request.query))
    if (!query.success) return refusal(400, 'INVALID_ARGUMENT', 'BAD_PAGE')
    const { pageSize, pageToken } = query.data
    const start = Number(pageToken ?? 0)
    const models = MODELS.slice(start, start + pageSize)
    const more = start + pageSize < MODELS.length
    return { status: 200, body: { models, ...(more && { nextPageToken: '1' }) } }
  },
}

export function startFakeGemini(options?: FakeProviderOptions): Promise<FakeProvider> {
  return startFakeProvider(part, options)
}
