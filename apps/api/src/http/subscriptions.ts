import { once as nextOf } from 'node:events'
import type { ServerResponse } from 'node:http'
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape, isTrackedEnvelope, TRPCError } from '@trpc/server'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Composition } from '../compose.ts'
import { appRouter } from '../routers/app-router.ts'
import type { RequestContext } from '../trpc/init.ts'
import { reportProblem } from '../trpc/problem.ts'
import { once } from './once.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered by server-sent events, for as long as the client stays. */
    isStream?: boolean
  }
}

const { _config: config, procedures } = appRouter._def
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
  connection: 'keep-alive',
}
const CONNECTED = `event: connected\ndata: ${JSON.stringify(config.sse?.client ?? {})}\n\n`
const PING = 'event: ping\ndata: \n\n'
const END = 'event: return\ndata: \n\n'

const querySchema = z.object({ input: z.string().optional(), lastEventId: z.string().optional() })

/** One call of a subscription. */
interface Call {
  path: string
  ctx: RequestContext
  /** Throws where it cannot be read. */
  input(): unknown
}

/**
 * The subscriptions of the router, event for event as tRPC's own handler answers them: of that one, each stream holds three
 * web streams and a chain of generators, which is ten times the memory, and every ping passes through all of them.
 */
export async function subscriptionRoutes(
  server: FastifyInstance,
  { contexts, viewers }: Pick<Composition, 'contexts' | 'viewers'>,
): Promise<void> {
  for (const path of Object.keys(procedures).filter(isSubscription)) {
    server.get(`/trpc/${path}`, { exposeHeadRoute: false, config: { isStream: true } }, (request, reply) => {
      const ctx = { contexts, viewer: once(() => viewers.find(request.headers)) }
      reply.hijack()
      const headers = Object.entries(reply.headers(HEADERS).getHeaders()).filter(([, value]) => value !== undefined)
      // In one go: those that are set one by one are kept for as long as the stream is.
      reply.raw.writeHead(200, Object.fromEntries(headers))
      void answer(reply.raw, { path, ctx, input: () => inputOf(request) })
    })
  }
}

function isSubscription(path: string): boolean {
  const { type } = Object(Reflect.get(Object(Reflect.get(procedures, path)), '_def'))
  return type === 'subscription'
}

/** Writes what comes as fast as the client reads it; ends with the subscription, or with the client. */
async function answer(response: ServerResponse, call: Call): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  response.write(CONNECTED)
  // A client that does not read is not sent more of them.
  const pings = setInterval(() => response.writableNeedDrain || response.write(PING), config.sse?.ping?.intervalMs)
  try {
    for await (const value of await open(call, gone.signal)) {
      if (!response.write(eventOf(value))) await nextOf(response, 'drain', { signal: gone.signal })
    }
    response.write(END)
  } catch (cause) {
    if (!gone.signal.aborted) response.write(failureOf(call, getTRPCErrorFromUnknown(cause)))
  } finally {
    clearInterval(pings)
    response.end()
  }
}

async function open({ path, ctx, input }: Call, signal: AbortSignal): Promise<AsyncIterable<unknown>> {
  const getRawInput = async () => input()
  return callTRPCProcedure({ router: appRouter, type: 'subscription', path, ctx, getRawInput, signal, batchIndex: 0 })
}

/** The client says itself, or the browser when it comes back by itself, which event was its last. */
function inputOf({ query, headers }: FastifyRequest): unknown {
  try {
    const { input, lastEventId = headers['last-event-id'] } = querySchema.parse(query)
    const given = input === undefined ? undefined : config.transformer.input.deserialize(JSON.parse(input))
    return lastEventId === undefined ? given : { ...Object(given), lastEventId }
  } catch (cause) {
    throw new TRPCError({ code: 'BAD_REQUEST', cause })
  }
}

function eventOf(value: unknown): string {
  if (!isTrackedEnvelope(value)) return `${dataLine(value)}\n`
  const [id, data] = value
  return `${dataLine(data)}id: ${id}\n\n`
}

function failureOf({ path, ctx }: Call, error: TRPCError): string {
  reportProblem(ctx.contexts.base.log, error, { path })
  const shape = getTRPCErrorShape({ config, ctx, error, input: undefined, path, type: 'subscription' })
  return `event: serialized-error\n${dataLine(shape)}\n`
}

function dataLine(value: unknown): string {
  return `data: ${JSON.stringify(config.transformer.output.serialize(value))}\n`
}
