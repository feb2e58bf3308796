import type { Clock } from '@gangway/core/ports'
import type { ProviderId } from '@gangway/schemas/integrations'
import type { z } from 'zod'
import { ProviderError, type ProviderErrorReason } from './provider-error.ts'
import { readRetryAfter } from './retry-after.ts'

export interface ProviderSettings {
  /** Without a slash at the end. Comes from the configuration, and never from a customer. */
  baseUrl: string
  clock: Clock
}

/** How one provider is asked. */
export interface Caller extends ProviderSettings {
  provider: ProviderId
  headers(key: string): Record<string, string>
  /** What a refusal means, where that is not what its status says. */
  reasonOf?(status: number, body: unknown): ProviderErrorReason | undefined
}

export interface Question<Answer> {
  path: string
  /** A list is repeated under its name. */
  query?: Record<string, string | number | readonly string[] | undefined>
  key: string
  answer: z.ZodType<Answer>
}

const DEADLINE_MS = 30_000
const LARGEST_ANSWER = 8 * 1024 * 1024
const AGENT = 'Gangway/0.1'

/** One GET, once. Follows no redirect, waits 30 s, reads 8 MB. Throws ProviderError, and what `fetch` throws. */
export async function ask<Answer>(caller: Caller, question: Question<Answer>): Promise<Answer> {
  const { provider } = caller
  const response = await fetch(address(caller, question), {
    headers: { accept: 'application/json', 'user-agent': AGENT, ...caller.headers(question.key) },
    redirect: 'manual',
    signal: AbortSignal.timeout(DEADLINE_MS),
  })
  const { status } = response
  const fail = (reason: ProviderErrorReason, note?: string) => {
    const retryAfterMs = readRetryAfter(response.headers.get('retry-after'), caller.clock.now())
    return new ProviderError({ provider, reason, statusCode: status, retryAfterMs, ...(note && { note }) })
  }

  if (status >= 300 && status < 400) {
    await response.body?.cancel()
    throw fail('redirected')
  }
  const text = await readText(response)
  if (text === null) throw fail('too_large')
  const body = parseJson(text)
  if (!response.ok) throw fail(caller.reasonOf?.(status, body) ?? reasonOfStatus(status))
  if (body === undefined) throw fail('not_json')
  const parsed = question.answer.safeParse(body)
  if (parsed.success) return parsed.data
  throw fail(
    'malformed',
    parsed.error.issues
      .map(({ path, code }) => `${path.join('.')}: ${code}`)
      .slice(0, 5)
      .join(', '),
  )
}

function address({ baseUrl }: Caller, { path, query = {} }: Question<unknown>): URL {
  const url = new URL(baseUrl + path)
  for (const [name, value] of Object.entries(query)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined) url.searchParams.append(name, String(each))
  }
  return url
}

function reasonOfStatus(status: number): ProviderErrorReason {
  if (status === 401) return 'key_rejected'
  if (status === 403) return 'forbidden'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'failed' : 'refused'
}

/** Null for what is longer than we are ready to keep. */
async function readText(response: Response): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    // Leaving the loop cancels the stream.
    if (length > LARGEST_ANSWER) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
