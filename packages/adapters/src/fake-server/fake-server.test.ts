import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { startFakeServer } from './fake-server.ts'

let worked = 0
const fake = await startFakeServer(({ path }) => {
  worked += 1
  return { status: 200, body: { path } }
})
afterAll(() => fake.close())

const ask = (path: string, init?: RequestInit) => fetch(`${fake.url}${path}`, init)

describe('a fake server', () => {
  beforeEach(() => {
    worked = 0
    fake.heal()
  })

  it('answers, and remembers what it was asked', async () => {
    expect(await (await ask('/a?b=1', { method: 'POST', body: 'hello' })).json()).toEqual({ path: '/a' })
    expect(fake.requests.at(-1)).toMatchObject({ method: 'POST', path: '/a', body: 'hello' })
    expect(fake.requests.at(-1)?.query.get('b')).toBe('1')
  })

  it('loses a reply after the work was done', async () => {
    fake.fail({ kind: 'lose-reply' })
    await expect(ask('/a', { method: 'POST' })).rejects.toThrow('fetch failed')
    expect(worked).toBe(1)
  })

  it('cuts the line before any work', async () => {
    fake.fail({ kind: 'cut' })
    await expect(ask('/a', { method: 'POST' })).rejects.toThrow('fetch failed')
    expect(worked).toBe(0)
  })

  it('answers with the page of a proxy', async () => {
    fake.fail({ kind: 'html', status: 502 })
    const response = await ask('/a')
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await response.text()).toContain('Bad Gateway')
  })

  it('fails those requests that are meant, as often as is meant', async () => {
    fake.fail({ kind: 'status', match: '^POST /b$', times: 2, status: 429, headers: { 'retry-after': '1' } })
    expect((await ask('/a')).status).toBe(200)
    const statuses = [
      await ask('/b', { method: 'POST' }),
      await ask('/b', { method: 'POST' }),
      await ask('/b', { method: 'POST' }),
    ]
    expect(statuses.map(({ status }) => status)).toEqual([429, 429, 200])
    expect(statuses[0]?.headers.get('retry-after')).toBe('1')
  })

  it('takes faults from another process, and refuses those that it does not know', async () => {
    const plan = (fault: unknown) => ask('/_fake/faults', { method: 'POST', body: JSON.stringify(fault) })
    expect((await plan({ kind: 'status', status: 500 })).status).toBe(204)
    expect((await plan({ kind: 'nonsense' })).status).toBe(400)
    expect((await ask('/a')).status).toBe(500)
    await plan({ kind: 'status' })
    await ask('/_fake/faults', { method: 'DELETE' })
    expect((await ask('/a')).status).toBe(200)
  })
})
