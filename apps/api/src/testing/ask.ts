import { restErrorSchema } from '@gangway/schemas/rest/errors'
import superjson from 'superjson'
import { z } from 'zod'

/** How a call went for whoever made it: let in, turned away by one of three, or not answered as it should be. */
export type Reception = 'in' | '401' | '403' | '404' | 'broken'

const RECEPTIONS: Record<string, Reception> = {
  UNAUTHENTICATED: '401',
  API_KEY_INVALID: '401',
  ROOT_KEY_INVALID: '401',
  WEBHOOK_SIGNATURE_INVALID: '401',
  FORBIDDEN: '403',
  API_KEY_SCOPE_MISSING: '403',
  // Neither tells whether the caller may.
  RATE_LIMITED: 'broken',
  UNKNOWN: 'broken',
}

/** What fails for another reason, such as a state that does not fit, has let the caller in. */
function receptionOf(code: string | undefined): Reception {
  if (code === undefined) return 'in'
  return RECEPTIONS[code] ?? (code.endsWith('NOT_FOUND') ? '404' : 'in')
}

export interface Asked {
  url: string
  headers: Record<string, string>
  input: unknown
}

const failed = z.object({ error: z.object({ json: z.object({ data: z.object({ problem: z.object({ code: z.string() }) }) }) }) })

export async function askProcedure(type: 'query' | 'mutation', { url, headers, input }: Asked): Promise<Reception> {
  const sent = superjson.serialize(input)
  const response =
    type === 'query'
      ? await fetch(`${url}?input=${encodeURIComponent(JSON.stringify(sent))}`, { headers })
      : await fetch(url, {
          ...{ method: 'POST', body: JSON.stringify(sent) },
          headers: { 'content-type': 'application/json', ...headers },
        })
  const answer: unknown = await response.json()
  return response.ok ? 'in' : receptionOf(failed.parse(answer).error.json.data.problem.code)
}

/** A stream has begun before it is refused: the refusal is its first event. */
export async function askStream({ url, headers, input }: Asked): Promise<Reception> {
  const over = new AbortController()
  const sent = encodeURIComponent(JSON.stringify(superjson.serialize(input)))
  const { body } = await fetch(`${url}?input=${sent}`, { headers, signal: over.signal })
  let text = ''
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const events = text.split('\n\n').slice(0, -1)
    const event = events.find((each) => !/^event: (connected|ping)$/m.test(each))
    if (event === undefined) continue
    over.abort()
    return receptionOf(/"problem":\{"code":"([A-Z_]+)"/.exec(event)?.[1])
  }
  throw new Error(`a stream without an event: ${text}`)
}

export async function askRest(method: string, { url, headers, input }: Asked): Promise<Reception> {
  const response = await fetch(url, {
    method,
    headers: { ...(method !== 'GET' && { 'content-type': 'application/json' }), ...headers },
    ...(method !== 'GET' && { body: JSON.stringify(input ?? {}) }),
  })
  if (response.ok) {
    await response.body?.cancel()
    return 'in'
  }
  return receptionOf(restErrorSchema.parse(await response.json()).error)
}
