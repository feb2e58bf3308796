import { createEndpoint, publishEvent } from '@gangway/core/webhooks'
import { createServer } from 'node:http'
import { afterAll, expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'

const api = await testApi()
const { webhooks: ctx } = api.app.contexts

/** What each receiver was sent, by the path it was sent to. `/dead` takes everything and answers nothing. */
const received: Record<string, number> = { '/dead': 0, '/well': 0 }
const receiver = createServer((request, response) => {
  const path = request.url ?? ''
  received[path] = (received[path] ?? 0) + 1
  if (path !== '/dead') response.end()
}).listen(0, 'localhost')
await new Promise((resolve) => receiver.once('listening', resolve))
afterAll(() => {
  receiver.closeAllConnections()
  receiver.close()
})

/** An organization that hears of its runs at this path. */
async function subscriber(path: string): Promise<string> {
  const person = await api.signUp()
  const slug = `hears_${crypto.randomUUID().slice(0, 8)}`
  const [org] = await api.database.sql<{ id: string; owner: string }[]>`
    with org as (insert into organizations (run_id, slug, name, status) values (gen_random_uuid(), ${slug}, 'Acme', 'onboarded') returning id),
    joined as (
      insert into organization_members (org_id, user_id, role)
      select org.id, u.id, 'owner' from org, users u where u.email = ${person.email} returning org_id, user_id)
    select org_id as id, user_id as owner from joined`
  const address = receiver.address()
  const url = `http://localhost:${typeof address === 'object' ? address?.port : 0}${path}`
  const [orgId, actorId] = [org?.id ?? '', org?.owner ?? '']
  await createEndpoint(ctx, { caller: { actorId, orgId }, fields: { url, description: '', events: ['run.succeeded'] } })
  return orgId
}

function publish(orgId: string): Promise<void> {
  const event = { messageId: crypto.randomUUID(), occurredAt: new Date().toISOString(), userId: null, data: {} }
  return publishEvent(ctx, { ...event, type: 'run.succeeded', orgId })
}

it('keeps nobody waiting for an organization whose endpoint answers nothing', async () => {
  const [dead, well] = [await subscriber('/dead'), await subscriber('/well')]
  for (let n = 0; n < 120; n++) await publish(dead)
  await expect.poll(() => received['/dead'], { timeout: 10_000 }).toBeGreaterThan(0)
  for (let n = 0; n < 40; n++) await publish(well)
  // All places would be held for the ten seconds that a receiver has.
  await expect.poll(() => received['/well'], { timeout: 8000 }).toBe(40)
  expect(received['/dead']).toBeLessThan(12)
}, 40_000)
