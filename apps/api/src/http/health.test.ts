import { describe, expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'

const { url, database, signUp } = await testApi()

async function get(path: string) {
  const response = await fetch(url + path)
  const text = await response.text()
  return { status: response.status, type: response.headers.get('content-type'), text }
}

/** The value of one line, as Prometheus would read it. */
async function metric(name: string): Promise<number | undefined> {
  const { text } = await get('/metrics')
  const line = text.split('\n').find((each) => each.startsWith(`${name} `))
  return line === undefined ? undefined : Number(line.slice(name.length + 1))
}

describe('health', () => {
  it('is live, and ready when all that it needs is', async () => {
    expect(JSON.parse((await get('/health/live')).text)).toEqual({ status: 'live' })
    const { status, text } = await get('/health/ready')
    expect([status, JSON.parse(text)]).toEqual([
      200,
      { status: 'ready', checks: { database: 'ok', migrations: 'ok', queue: 'ok' } },
    ])
  })

  it('is not ready for a database that is older than this version, nor without its queue', async () => {
    const notReady = async () => {
      const { status, text } = await get('/health/ready')
      return [status, JSON.parse(text).checks]
    }
    await database.sql`
      update drizzle.__drizzle_migrations set hash = 'of another version' where id = (select max(id) from drizzle.__drizzle_migrations)`
    expect(await notReady()).toEqual([503, { database: 'ok', migrations: 'failed', queue: 'ok' }])
    await database.sql`alter schema pgboss rename to lost`
    expect(await notReady()).toEqual([503, { database: 'ok', migrations: 'failed', queue: 'failed' }])
    await database.sql`alter schema lost rename to pgboss`
    await database.sql`revoke usage on schema drizzle from gangway_app`
    expect(await notReady()).toEqual([503, { database: 'ok', migrations: 'failed', queue: 'ok' }])
  })
})

describe('metrics', () => {
  it('tell how runs, stages, queues and alerts are, and nothing of anybody', async () => {
    const { trpc, email } = await signUp()
    const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'STARTER', slug: 'measured', companyName: 'Acme' })
    await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'clears_later', delivery: 'late' })
    await trpc.provisioning.start.mutate({ checkoutSessionId })
    await expect
      .poll(() => database.sql`select state from onboarding_runs`.then(([row]) => row?.['state']), { timeout: 10_000 })
      .toBe('awaiting_payment')
    const { status, type, text } = await get('/metrics')
    expect([status, type]).toEqual([200, expect.stringMatching(/^text\/plain; version=/)])
    for (const line of [
      'gangway_database_up 1',
      'gangway_runs_unfinished{state="awaiting_payment"} 1',
      'gangway_sse_connections 0',
    ])
      expect(text.split('\n')).toContain(line)
    for (const name of [
      'alert_value{kind="pending_syncs"}',
      'alert_threshold{kind="answers_lag"}',
      'queue_jobs{queue="',
      'answers_deltas 0',
      'stage_retries{stage="verify_payment"}',
    ])
      expect(text).toContain(`gangway_${name}`)
    expect(text).toMatch(/gangway_http_request_seconds_count\{method="POST",route="\/trpc\/:path",status="200"\} \d/)
    expect([text.includes(email), text.includes(checkoutSessionId), text.includes('measured')]).toEqual([false, false, false])
  })

  it('count the streams that are open', async () => {
    const { cookie } = await signUp()
    await database.sql`update users set role = 'admin'`
    const over = new AbortController()
    const input = encodeURIComponent(JSON.stringify({ json: {} }))
    const streams = [1, 2].map(() =>
      fetch(`${url}/trpc/admin.runs.live?input=${input}`, { headers: { cookie }, signal: over.signal }),
    )
    await Promise.all(streams)
    await expect.poll(() => metric('gangway_sse_connections'), { timeout: 5000 }).toBe(2)
    over.abort()
    await expect.poll(() => metric('gangway_sse_connections'), { timeout: 5000 }).toBe(0)
  })
})
