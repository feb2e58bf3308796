import { type ErrorCode, GangwayError } from '@gangway/core/errors'
import type { ApiKeyCaller } from '@gangway/core/keys'
import type { Viewer } from '@gangway/schemas/account'
import { z } from 'zod'
import type { Contexts } from '../compose.ts'

/** Whom a call can be for, and what is known of them. */
export interface Callers {
  root_key: null
  customer: Viewer
  admin: Viewer
  /** A program of an organization. */
  api_key: ApiKeyCaller
}
export type Who = keyof Callers

/** Tells who a request comes from. Throws when it comes from somebody else. */
export type Identify = { [W in Who]: () => Promise<Callers[W]> }

export type Method = 'GET' | 'POST' | 'PATCH'

interface Description {
  method: Method
  /** `{name}` stands for a part of the path. */
  path: `/${string}`
  summary: string
  /** What a caller has to know beside the schemas. */
  description?: string
  /** Calls with the same tag stand together in the document. */
  tag: string
  /** Beside those that every call can fail with. */
  errors: readonly ErrorCode[]
}

interface Spec<W extends Who, Input extends z.ZodObject, Answer extends z.ZodType> extends Description {
  who: W
  /** The names in the path come from there, the others from the query of a GET and from the body of all else. */
  input: Input
  /** For the document, of what goes into the body. */
  example?: Partial<z.input<Input>>
  answer: Answer
  handle(contexts: Contexts, call: Call<W, Input>): Promise<z.input<Answer>>
}

interface Call<W extends Who, Input extends z.ZodObject> {
  caller: Callers[W]
  input: z.output<Input>
}

export interface Raw {
  params: unknown
  query: unknown
  body: unknown
}

/** One call of the REST interface: both its route and its place in the OpenAPI document are made from it. */
export interface RestRoute extends Description {
  who: Who
  input: z.ZodObject
  example?: Record<string, unknown>
  answer: z.ZodType
  /** Who may, the input, the use-case, the answer. Throws what the use-case throws, and INPUT_INVALID with `fields`. */
  perform(contexts: Contexts, identify: Identify, raw: Raw): Promise<unknown>
}

/** For calls that take nothing. */
export const nothing = z.strictObject({})

export function defineRoute<W extends Who, Input extends z.ZodObject, Answer extends z.ZodType>(
  spec: Spec<W, Input, Answer>,
): RestRoute {
  const { handle, ...description } = spec
  return {
    ...description,
    async perform(contexts, identify, raw) {
      const caller: Callers[W] = await identify[spec.who]()
      const input = parseInput(spec.input, spec.method === 'GET' ? raw.query : (raw.body ?? {}), raw.params)
      return spec.answer.parse(await handle(contexts, { caller, input }))
    },
  }
}

const anObject = z.record(z.string(), z.unknown())

function parseInput<Input extends z.ZodObject>(schema: Input, given: unknown, params: unknown): z.output<Input> {
  const fields = anObject.safeParse(given)
  if (!fields.success) throw invalid([{ field: 'body', message: 'Send a JSON object.' }])
  const parsed = schema.safeParse({ ...fields.data, ...anObject.safeParse(params).data })
  if (parsed.success) return parsed.data
  throw invalid(parsed.error.issues.flatMap(fieldsOf))
}

interface InvalidField {
  field: string
  message: string
}

function fieldsOf(issue: z.core.$ZodIssue): InvalidField[] {
  const at = issue.path.map(String)
  if (issue.code !== 'unrecognized_keys') return [{ field: at.join('.') || 'body', message: issue.message }]
  return issue.keys.map((key) => ({ field: [...at, key].join('.'), message: 'There is no such field.' }))
}

function invalid(fields: InvalidField[]): GangwayError {
  return new GangwayError('INPUT_INVALID', { details: { fields } })
}
