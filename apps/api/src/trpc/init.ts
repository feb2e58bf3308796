import { GangwayError } from '@gangway/core/errors'
import type { Viewer } from '@gangway/schemas/account'
import { initTRPC } from '@trpc/server'
import superjson from 'superjson'
import { giveStarterKit } from '../auth/give-starter-kit.ts'
import type { Contexts } from '../compose.ts'
import { problemOf, toTrpcError } from './problem.ts'

export interface RequestContext {
  contexts: Contexts
  /** Null for nobody. Looked up once per request. */
  viewer(): Promise<Viewer | null>
}

const t = initTRPC.context<RequestContext>().create({
  transformer: superjson,
  errorFormatter: ({ shape, error, path }) => {
    const problem = problemOf(error)
    // No stack and no driver's text, in whatever environment.
    return {
      ...shape,
      message: problem.message,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path, problem },
    }
  },
  sse: {
    // A dead connection is noticed within 10 s; at one ping in 4 s, 5,000 streams stay cheap.
    ping: { enabled: true, intervalMs: 4000 },
    client: { reconnectAfterInactivityMs: 9000 },
  },
})

export const router = t.router

/** Every failure leaves through here. */
const mapErrors = t.middleware(async ({ next }) => {
  const result = await next()
  if (result.ok) return result
  throw toTrpcError(result.error)
})

/** Anybody. */
export const publicProcedure = t.procedure.use(mapErrors)

/** Whoever is signed in. The first request of a new person makes their starter kit before it is answered. */
export const customerProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const viewer = await ctx.viewer()
  if (!viewer) throw new GangwayError('UNAUTHENTICATED')
  await giveStarterKit(ctx.contexts.starter, viewer)
  return next({ ctx: { ...ctx, user: viewer } })
})

/** Staff: people whose role is admin. */
export const staffProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const viewer = await ctx.viewer()
  if (!viewer) throw new GangwayError('UNAUTHENTICATED')
  if (viewer.role !== 'admin') throw new GangwayError('FORBIDDEN')
  return next({ ctx: { ...ctx, user: viewer } })
})
