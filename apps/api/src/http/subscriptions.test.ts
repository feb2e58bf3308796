import { fastifyTRPCPlugin, type FastifyTRPCPluginOptions } from '@trpc/server/adapters/fastify'
import Fastify from 'fastify'
import superjson from 'superjson'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { type AppRouter, appRouter } from '../routers/app-router.ts'
import { testApi } from '../testing/api.ts'
import { once } from './once.ts'

const { app, url, signUp } = await testApi()
const ours = `${url}/trpc`
const theirs = await startPeer()
const ada = await signUp()
const { checkoutSessionId } = await ada.trpc.checkout.create.mutate({ plan: 'STARTER', slug: 'of_ada', companyName: 'Acme Corp' })
await ada.trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
await ada.trpc.provisioning.start.mutate({ checkoutSessionId })
await vi.waitFor(async () => {
  const { state } = await ada.trpc.provisioning.get.query({ checkoutSessionId })
  if (state !== 'succeeded') throw new Error(`the run is ${state}`)
}, 20_000)

/** The same router behind tRPC's own handler. */
async function startPeer(): Promise<string> {
  const { contexts, viewers } = app
  const trpcOptions: FastifyTRPCPluginOptions<AppRouter>['trpcOptions'] = {
    router: appRouter,
    createContext: ({ req }) => ({ contexts, viewer: once(() => viewers.find(req.headers)) }),
  }
  const server = Fastify({ forceCloseConnections: true, routerOptions: { maxParamLength: 5000 } })
  await server.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions })
  afterAll(() => server.close())
  return `${await server.listen({ port: 0, host: 'localhost' })}/trpc`
}

const asText = (input: unknown) => encodeURIComponent(JSON.stringify(superjson.serialize(input)))
const own = `/provisioning.progress?input=${asText({ checkoutSessionId })}`

/** All that a stream which ends by itself says, and under which headers. */
async function streamed(address: string, headers: Record<string, string> = { cookie: ada.cookie }) {
  const response = await fetch(address, { headers })
  const text = await response.text()
  const events = text.split(/\n{2,}/).filter((event) => event !== '')
  const anonymous = events.map((event) => event.replace(/err_\w+/g, 'err_'))
  const told = ['content-type', 'cache-control', 'x-accel-buffering'].map((name) => response.headers.get(name))
  return { status: response.status, told, events: anonymous }
}

describe('a subscription', () => {
  it.each<[string, string, Record<string, string>?]>([
    ['a run from its first event to its last', own],
    ['what comes after an event that was seen', `${own}&lastEventId=7`],
    ['a browser that comes back by itself', own, { 'last-event-id': '9' }],
    ['somebody else’s checkout', `/provisioning.progress?input=${asText({ checkoutSessionId: 'cs_of_nobody' })}`],
    ['no input', '/provisioning.progress'],
    ['an input that is not JSON', '/provisioning.progress?input={'],
    ['an input of another shape', `/provisioning.progress?input=${asText({ checkoutSessionId: 7 })}`],
    ['staff’s own, asked for by a customer', '/admin.bootstrap.progress'],
  ])('says what tRPC’s own handler says: %s', async (_name, path, more) => {
    const headers = { cookie: ada.cookie, ...more }
    const answered = await streamed(ours + path, headers)
    expect(answered).toEqual(await streamed(theirs + path, headers))
    expect(answered.events.length).toBeGreaterThan(1)
  })

  it('tells nobody anything', async () => {
    const answered = await streamed(ours + own, {})
    expect(answered).toEqual(await streamed(theirs + own, {}))
    expect(answered.events.at(-1)).toContain('UNAUTHENTICATED')
  })

  it('keeps no stream of a client that has gone', async () => {
    const count = async () => /^gangway_sse_connections (\d+)$/m.exec(await (await fetch(`${url}/metrics`)).text())?.[1]
    const staff = await signUp('Staff')
    await app.contexts.base.db.$client`update users set role = 'admin' where email = ${staff.email}`
    const leaving = new AbortController()
    const { body } = await fetch(`${ours}/admin.runs.live?input=${asText({})}`, {
      headers: { cookie: staff.cookie },
      signal: leaving.signal,
    })
    const first = await body?.getReader().read()
    expect(new TextDecoder().decode(first?.value)).toContain('event: connected')
    await expect.poll(count).toBe('1')
    leaving.abort()
    await expect.poll(count).toBe('0')
  })
})
