import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { checkUrl, isLocalhost, type OutgoingRules } from './check-url.ts'
import { guardedLookup, type Resolve, resolveBySystem } from './guarded-lookup.ts'

export interface OutgoingRequest {
  url: string
  method: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  /** From the first look-up of the name to the last byte. 10 s unless told. */
  deadlineMs?: number
  /** What comes after so many bytes is not waited for. 64 KB unless told. */
  maxBytes?: number
}

export interface OutgoingAnswer {
  /** Redirects are answers like any other: nobody follows them. */
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
  /** There was more than `maxBytes`. */
  isCut: boolean
}

/** Calls to addresses that customers can name. */
export interface Outgoing {
  /** Throws ADDRESS_REFUSED for an address that would never be called. Asks nobody: names are resolved at the call. */
  check(url: string): void
  /**
   * One request over a connection of its own, without cookies and without redirects. Throws ADDRESS_REFUSED for whatever
   * is not public https, a TimeoutError as the cause after the deadline, and what Node.js says of name, line and TLS.
   */
  send(request: OutgoingRequest): Promise<OutgoingAnswer>
}

const DEADLINE_MS = 10_000
const MAX_BYTES = 64 * 1024

export function createOutgoing({ resolve = resolveBySystem, ...rules }: OutgoingRules & { resolve?: Resolve }): Outgoing {
  const lookup = guardedLookup(resolve)
  return {
    check(url) {
      checkUrl(url, rules)
    },
    async send({ url: text, method, headers = {}, body, deadlineMs = DEADLINE_MS, maxBytes = MAX_BYTES }) {
      const url = checkUrl(text, rules)
      const signal = AbortSignal.timeout(deadlineMs)
      const { request } = url.protocol === 'https:' ? https : http
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
      const options = {
        // No agent: a connection that is kept would be used again for a name that has changed.
        ...{ method, signal, agent: false, headers: { 'accept-encoding': 'identity', ...headers, ...length } },
        ...(!isLocalhost(url) && { lookup }),
      }
      return new Promise((resolve, reject) => {
        // Node.js tells of the deadline in a way that depends on how far the answer had come.
        const fail = (error: unknown) => reject(signal.aborted ? signal.reason : error)
        const call = request(url, options, (message) => {
          read(message, maxBytes).then(resolve, fail)
        })
        call.on('error', fail)
        call.end(body)
      })
    },
  }
}

async function read(message: IncomingMessage, maxBytes: number): Promise<OutgoingAnswer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    chunks.push(Buffer.from(chunk))
    size += chunks.at(-1)?.length ?? 0
    // Leaving the loop destroys the message, and its connection with it.
    if (size > maxBytes) break
  }
  const body = Buffer.concat(chunks).subarray(0, maxBytes)
  return { status: message.statusCode ?? 0, headers: message.headers, body, isCut: size > maxBytes }
}
