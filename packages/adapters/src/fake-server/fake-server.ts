import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { Faults, faultSchema, type NewFault } from './fault.ts'

export interface FakeRequest {
  method: string
  /** Without the query. */
  path: string
  query: URLSearchParams
  headers: Readonly<Record<string, string>>
  body: string
  /** The same before it was read as text. */
  bytes: Buffer
}

export interface FakeReply {
  status: number
  headers?: Record<string, string>
  /** A string goes out as it is, everything else as JSON. */
  body?: unknown
}

export interface FakeServer {
  url: string
  host: string
  port: number
  /** Everything that was asked, oldest first, those that met a fault included. */
  requests: readonly FakeRequest[]
  /** The next request that fits meets this. */
  fail(fault: NewFault): void
  /** Whatever was planned and has not come yet is called off. */
  heal(): void
  close(): Promise<void>
}

/** What a proxy says in the place of the service behind it. */
const PROXY_PAGE = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>'
/** Another process plans faults here: POST one as JSON, or DELETE to call them off. */
const CONTROL = '/_fake/faults'

/**
 * A service of somebody else's, played by us on a port of this machine. `answer` does the work; faults come between it and
 * whoever asked. An `answer` that throws is a mistake of the fake's own, and is answered 500 with its message.
 */
export async function startFakeServer(
  answer: (request: FakeRequest) => FakeReply | Promise<FakeReply>,
  { port = 0, host = '127.0.0.1' }: { port?: number; host?: string } = {},
): Promise<FakeServer> {
  const faults = new Faults()
  const requests: FakeRequest[] = []

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await read(message)
    if (request.path === CONTROL) return send(response, control(faults, request))
    requests.push(request)
    const fault = faults.take(request.method, request.path)
    if (fault?.kind === 'cut') return cut(message)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'html')
      return send(response, { status: fault.status, headers: { 'content-type': 'text/html' }, body: PROXY_PAGE })
    if (fault?.kind === 'status') return send(response, { status: fault.status, headers: fault.headers, body: fault.body ?? {} })
    if (fault?.kind === 'delay') await sleep(fault.ms)
    const reply = await answer(request)
    if (fault?.kind === 'lose-reply') return cut(message)
    send(response, reply)
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => send(response, { status: 500, body: { fake: String(error) } }))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host}:${bound}`,
    host,
    port: bound,
    requests,
    fail: (fault) => faults.add(fault),
    heal: () => faults.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function cut(message: IncomingMessage): void {
  message.socket.resetAndDestroy()
}

function control(faults: Faults, { method, body }: FakeRequest): FakeReply {
  if (method === 'DELETE') faults.clear()
  else {
    const parsed = faultSchema.safeParse(JSON.parse(body))
    if (!parsed.success) return { status: 400, body: { message: parsed.error.message } }
    faults.add(parsed.data)
  }
  return { status: 204 }
}

async function read(message: IncomingMessage): Promise<FakeRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(Buffer.from(chunk))
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://fake')
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
  const bytes = Buffer.concat(chunks)
  return { method: message.method ?? 'GET', path: pathname, query: searchParams, headers, body: bytes.toString(), bytes }
}

function send(response: ServerResponse, { status, headers = {}, body }: FakeReply): void {
  if (response.headersSent || response.destroyed) return
  const isText = typeof body === 'string'
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json', ...headers })
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body))
}
