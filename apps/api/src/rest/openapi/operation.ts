import { describeCode, type ErrorCode } from '@gangway/core/errors'
import { restErrorSchema } from '@gangway/schemas/rest/errors'
import { z } from 'zod'
import type { Method, RestRoute, Who } from '../route.ts'
import { anySchema, type Content, json, type JsonSchema, jsonSchema, reference } from './schema.ts'

/** https://spec.openapis.org/oas/v3.1.0#operation-object */
export interface Operation {
  operationId: string
  tags: [string]
  summary: string
  description?: string
  /** Any of these will do; none is asked for when it is empty. */
  security: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { description: string; content?: Content }>
}

export interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description?: string
  schema: JsonSchema
}

/** What every call of a kind can fail with beside its own errors. */
const BY_CALLER: Record<Who, readonly ErrorCode[]> = {
  root_key: ['ROOT_KEY_INVALID'],
  customer: ['UNAUTHENTICATED'],
  admin: ['UNAUTHENTICATED', 'FORBIDDEN'],
  api_key: ['API_KEY_INVALID', 'API_KEY_SCOPE_MISSING'],
}
const ALWAYS: readonly ErrorCode[] = ['INPUT_INVALID', 'RATE_LIMITED', 'DATABASE_UNAVAILABLE', 'UNKNOWN']
const WITH_BODY: readonly ErrorCode[] = ['REQUEST_MALFORMED', 'PAYLOAD_TOO_LARGE']

const SECURITY: Record<Who, Operation['security']> = {
  root_key: [{ rootKey: [] }],
  customer: [{ session: [] }, { bearer: [] }],
  admin: [{ session: [] }, { bearer: [] }],
  api_key: [{ apiKey: [] }, { apiKeyHeader: [] }],
}

export const SECURITY_SCHEMES: Record<string, JsonSchema> = {
  rootKey: {
    ...{ type: 'apiKey', in: 'header', name: 'X-CA-Root-Key' },
    description: 'Operators: GANGWAY_ROOT_KEY of this installation.',
  },
  session: {
    ...{ type: 'apiKey', in: 'cookie', name: 'gangway.session_token' },
    description: 'Customers and staff: the cookie that `POST /api/auth/sign-in/email` sets.',
  },
  bearer: {
    ...{ type: 'http', scheme: 'bearer' },
    description: 'The same: what that call answers in the header `set-auth-token`, for programs.',
  },
  apiKey: { type: 'http', scheme: 'bearer', description: 'Organizations: one of their API keys, `gw_live_…`.' },
  apiKeyHeader: {
    ...{ type: 'apiKey', in: 'header', name: 'X-API-Key' },
    description: 'The same key, for clients that cannot set the other header.',
  },
}

export function operationOf(route: RestRoute): Operation {
  const { method, path, who, tag, summary, description, answer, errors } = route
  const { parameters, body } = inputOf(route)
  return {
    operationId: operationIdOf(method, path),
    ...{ tags: [tag], summary, ...(description && { description }), security: SECURITY[who] },
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: body }),
    responses: {
      '200': { description: 'OK', content: json(reference(answer)) },
      ...failures([...BY_CALLER[who], ...ALWAYS, ...(method === 'GET' ? [] : WITH_BODY), ...errors]),
    },
  }
}

const inputSchema = z.looseObject({
  properties: z.record(z.string(), anySchema),
  required: z.array(z.string()).default([]),
})

function inputOf({ method, path, input, example }: RestRoute): { parameters: Parameter[]; body: Operation['requestBody'] } {
  const { properties, required, ...rest } = inputSchema.parse(jsonSchema(input, 'input'))
  const inPath = new Set([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
  const names = Object.keys(properties)
  const inBody = names.filter((name) => method !== 'GET' && !inPath.has(name))
  const parameters = names
    .filter((name) => !inBody.includes(name))
    .map((name): Parameter => {
      const { description, ...schema } = properties[name] ?? {}
      const place = inPath.has(name) ? 'path' : 'query'
      const about = typeof description === 'string' ? { description } : {}
      return { name, in: place, required: required.includes(name), ...about, schema }
    })
  if (inBody.length === 0) return { parameters, body: undefined }
  const needed = required.filter((name) => inBody.includes(name))
  const schema = {
    ...rest,
    properties: Object.fromEntries(inBody.map((name) => [name, properties[name]])),
    ...(needed.length > 0 && { required: needed }),
  }
  return {
    parameters,
    body: { required: needed.length > 0, content: { 'application/json': { schema, ...(example && { example }) } } },
  }
}

/** One entry for each status, with the codes that it stands for. */
export function failures(codes: readonly ErrorCode[]): Operation['responses'] {
  const byStatus = Map.groupBy(new Set(codes), (code) => String(describeCode(code).status))
  return Object.fromEntries(
    [...byStatus].map(([status, same]) => [
      status,
      {
        description: same.map((code) => `${code}: ${describeCode(code).message}`).join('\n\n'),
        content: json(reference(restErrorSchema)),
      },
    ]),
  )
}

/** Unique, and good for a function's name: `postTenantsOnboard`. */
function operationIdOf(method: Method, path: string): string {
  const words = path.replace(/^\/api\/(v1\/)?/, '').split(/[^A-Za-z]+/)
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
