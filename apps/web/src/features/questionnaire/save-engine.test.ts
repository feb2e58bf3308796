import { pendingPatch } from '@gangway/schemas/merge'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Failure } from './classify-save.ts'
import { newBrowser, openTab } from './testing/open-tab.ts'
import { PROBLEM, saveServer } from './testing/save-server.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const transient = (count: number): Failure[] => Array.from({ length: count }, () => ({ kind: 'transient', problem: PROBLEM }))

async function setUp(api = saveServer()) {
  return { api, ...(await openTab(api)) }
}

test('typing is saved once, after a pause', async () => {
  const { api, type, statuses } = await setUp()
  for (const text of ['A', 'Ad', 'Ada']) {
    type(text)
    await vi.advanceTimersByTimeAsync(300)
  }
  expect(api.calls).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(api.calls).toMatchObject([{ revision: 1, step: 'profile', patch: { fullName: 'Ada' }, mutationId: 'tab-1-1' }])
  expect(statuses.at(-1)).toBe('saved')
})

test('Next does not wait for the pause, and sends what was typed with it', async () => {
  const { api, engine, type } = await setUp()
  type('Ada')
  const outcome = engine.flush('profile', 'complete')
  await vi.advanceTimersByTimeAsync(5000)
  expect((await outcome).kind).toBe('saved')
  expect(api.calls).toMatchObject([{ patch: { fullName: 'Ada' }, advance: 'complete' }])
})

test('saves never overlap, and each uses the revision that the one before left', async () => {
  const { api, engine, answers, type } = await setUp()
  type('A')
  const first = engine.flush('profile')
  await vi.advanceTimersByTimeAsync(10)
  type('Ada')
  answers.edit('tools', { tools: ['dbt'] })
  const rest = [engine.flush('profile', 'complete'), engine.flush('tools')]
  await vi.advanceTimersByTimeAsync(5000)
  await Promise.all([first, ...rest])
  expect(api.mostInFlight()).toBe(1)
  expect(api.calls.map(({ revision, patch }) => ({ revision, patch }))).toEqual([
    { revision: 1, patch: { fullName: 'A' } },
    { revision: 2, patch: { fullName: 'Ada' } },
    { revision: 3, patch: { tools: ['dbt'] } },
  ])
})

test('a save whose answer is lost is repeated under the same mutation id', async () => {
  const { api, type, told, statuses } = await setUp()
  api.replies.push('is lost')
  type('Ada')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(api.calls.map(({ mutationId }) => mutationId)).toEqual(['tab-1-1', 'tab-1-1'])
  expect(api.state).toEqual({ revision: 2, answers: { profile: { fullName: 'Ada' } } })
  expect(told).toEqual(['retry'])
  expect(statuses.at(-1)).toBe('saved')
})

test('a save that was cut off by a reload is repeated under the same mutation id, and what was typed after it follows', async () => {
  const [api, browser] = [saveServer(), newBrowser()]
  const first = await openTab(api, browser)
  api.replies.push('never comes')
  first.type('Ada')
  await vi.advanceTimersByTimeAsync(700)
  expect(api.state.revision).toBe(2)
  first.type('Ada L')
  first.close()
  api.calls.length = 0

  const second = await openTab(api, browser)
  expect(second.answers.snapshot().conflicts).toEqual([])
  void second.look()
  await vi.advanceTimersByTimeAsync(5000)
  expect(api.calls.map(({ mutationId, patch }) => [mutationId, patch])).toEqual([
    ['tab-1-1', { fullName: 'Ada' }],
    ['tab-2-1', { fullName: 'Ada L' }],
  ])
  expect(api.state).toEqual({ revision: 3, answers: { profile: { fullName: 'Ada L' } } })
})

describe('a server that cannot be reached', () => {
  test('after three attempts the save waits, people go on, and it is tried again by itself', async () => {
    const { api, engine, type, told, statuses } = await setUp()
    api.failures.push(...transient(5))
    type('Ada')
    const outcome = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(3000)
    expect((await outcome).kind).toBe('queued')
    expect(api.calls).toHaveLength(3)
    expect(statuses.at(-1)).toBe('queued')
    expect(told).toEqual(['retry', 'retry', 'given up'])

    await vi.advanceTimersByTimeAsync(60_000)
    expect(api.calls).toHaveLength(6)
    expect(new Set(api.calls.map(({ mutationId }) => mutationId)).size).toBe(1)
    expect(api.state.answers.profile).toEqual({ fullName: 'Ada' })
    expect(told.at(-1)).toBe('recovered')
    expect(statuses.at(-1)).toBe('saved')
  })

  test('what was typed in three steps arrives in order, each save once', async () => {
    const { api, engine, answers, type, unsent } = await setUp()
    api.failures.push(...transient(5))
    type('Ada')
    const outcomes = [engine.flush('profile', 'complete')]
    await vi.advanceTimersByTimeAsync(3000)
    answers.edit('work', { role: 'data' })
    outcomes.push(engine.flush('work', 'complete'))
    await vi.advanceTimersByTimeAsync(100)
    answers.edit('tools', { tools: ['dbt'] })
    outcomes.push(engine.flush('tools', 'complete'))
    await vi.advanceTimersByTimeAsync(100)
    expect((await Promise.all(outcomes)).map(({ kind }) => kind)).toEqual(['queued', 'queued', 'queued'])
    expect(unsent()).toHaveLength(3)

    api.failures.length = 0
    api.calls.length = 0
    void engine.resume()
    await vi.advanceTimersByTimeAsync(1000)
    expect(api.calls.map(({ revision, step, advance }) => [revision, step, advance])).toEqual([
      [1, 'profile', 'complete'],
      [2, 'work', 'complete'],
      [3, 'tools', 'complete'],
    ])
    expect(unsent()).toEqual([])
  })

  test('nobody waits for three failures when it is known to be out of reach', async () => {
    const { api, engine, answers, type } = await setUp()
    api.failures.push(...transient(4))
    type('Ada')
    void engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(2500)
    api.calls.length = 0
    answers.edit('tools', { tools: ['dbt'] })
    const outcome = engine.flush('tools', 'complete')
    await vi.advanceTimersByTimeAsync(100)
    expect((await outcome).kind).toBe('queued')
    expect(api.calls).toHaveLength(1)
  })
})

test('what is refused is not tried again, leaves the queue, and is sent as soon as it was changed', async () => {
  const { api, engine, type, outbox } = await setUp()
  api.failures.push({ kind: 'refused', problem: PROBLEM })
  type('Ada')
  const outcome = engine.flush('profile')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(await outcome).toMatchObject({ kind: 'refused', isStored: false })
  expect(outbox.store.getState().saves).toMatchObject([{ state: 'refused', patch: { fullName: 'Ada' }, problem: PROBLEM }])

  void engine.flush('profile')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(api.calls).toHaveLength(1)

  type('Ada L')
  await vi.advanceTimersByTimeAsync(5000)
  expect(api.state.answers.profile).toEqual({ fullName: 'Ada L' })
  expect(outbox.store.getState().saves.map(({ state }) => state)).toEqual(['sent'])
})

test('what is refused does not hold up what was typed after it', async () => {
  const { api, engine, answers, type } = await setUp()
  api.failures.push({ kind: 'refused', problem: PROBLEM })
  type('Ada')
  answers.edit('tools', { tools: ['dbt'] })
  void engine.flush('profile')
  void engine.flush('tools')
  await vi.advanceTimersByTimeAsync(5000)
  expect(api.state.answers).toEqual({ tools: { tools: ['dbt'] } })
})

test('after a sign-out the save waits, under its mutation id, for the same person', async () => {
  const { api, engine, type, told, unsent } = await setUp()
  api.failures.push({ kind: 'signed-out', problem: PROBLEM })
  type('Ada')
  const outcome = engine.flush('profile')
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await outcome).kind).toBe('signed-out')
  expect(told).toEqual(['signed out'])
  expect(api.calls).toHaveLength(1)
  expect(unsent()).toMatchObject([{ mutationId: 'tab-1-1', patch: { fullName: 'Ada' } }])
})

test('a step that is refused, with its answers stored, is not saved over again', async () => {
  const { api, engine, answers, type, statuses } = await setUp()
  type('Ada')
  api.failures.push({
    kind: 'refused',
    problem: PROBLEM,
    session: { ...api.session(), revision: 2, answers: { profile: { fullName: 'Ada' } } },
  })
  const outcome = engine.flush('profile', 'complete')
  await vi.advanceTimersByTimeAsync(5000)
  expect(await outcome).toMatchObject({ kind: 'refused', isStored: true })
  expect(statuses.at(-1)).toBe('saved')
  expect(answers.snapshot().revision).toBe(2)
  expect(pendingPatch(answers.snapshot(), 'profile')).toEqual({})
})

describe('a stale revision', () => {
  test('what only this side changed is saved on the new revision without asking, under the same mutation id', async () => {
    const { api, engine, answers, type } = await setUp()
    api.change({ work: { team: 'data' } })
    type('Ada')
    const outcome = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await outcome).kind).toBe('saved')
    expect(api.calls.map(({ revision, mutationId }) => [revision, mutationId])).toEqual([
      [1, 'tab-1-1'],
      [2, 'tab-1-1'],
    ])
    expect(answers.snapshot().answers).toEqual({ profile: { fullName: 'Ada' }, work: { team: 'data' } })
  })

  test('what both changed waits for the person; the rest is saved, and nothing typed is lost', async () => {
    const { api, engine, answers, type } = await setUp()
    api.change({ profile: { fullName: 'Grace' } })
    type('Ada')
    answers.edit('profile', { jobTitle: 'Analyst' })
    const outcome = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await outcome).kind).toBe('conflict')
    expect(api.state.answers.profile).toEqual({ fullName: 'Grace', jobTitle: 'Analyst' })
    expect(api.calls.at(-1)?.advance).toBeUndefined()
    expect(answers.snapshot().answers.profile?.['fullName']).toBe('Ada')

    answers.pick({ step: 'profile', field: 'fullName' }, 'mine')
    const again = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await again).kind).toBe('saved')
    expect(api.state.answers.profile?.['fullName']).toBe('Ada')
  })

  test('nobody completes while there is something to choose, in whichever step it is', async () => {
    const { api, engine, answers, type, statuses } = await setUp()
    api.change({ profile: { fullName: 'Grace' } })
    type('Ada')
    void engine.flush('profile')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await engine.complete()).kind).toBe('conflict')
    expect(statuses.at(-1)).toBe('conflict')
    expect(api.completions()).toBe(0)

    answers.pick({ step: 'profile', field: 'fullName' }, 'theirs')
    expect((await engine.complete()).kind).toBe('saved')
    expect(api.completions()).toBe(1)
  })

  test('what is typed on while the rest is sent is completed with it', async () => {
    const { api, engine, type } = await setUp()
    type('Ada')
    const completed = engine.complete().then(({ kind }) => ({ kind, answers: api.session().answers }))
    type('Ada L')
    while (api.calls.length === 0) await vi.advanceTimersByTimeAsync(1)
    type('Ada Lovelace')
    await vi.advanceTimersByTimeAsync(5000)
    expect(await completed).toEqual({ kind: 'saved', answers: { profile: { fullName: 'Ada Lovelace' } } })
    expect(api.completions()).toBe(1)
  })

  test('what both change while it is being completed is asked about first', async () => {
    const { api, engine, answers } = await setUp()
    api.onComplete(() => {
      answers.edit('profile', { fullName: 'Ada' })
      api.change({ profile: { fullName: 'Grace' } })
      return { kind: 'stale', session: api.session(), problem: PROBLEM }
    })
    expect((await engine.complete()).kind).toBe('conflict')
    expect(api.completions()).toBe(1)
  })

  test('what was typed just before completing is saved first', async () => {
    const { api, engine, type } = await setUp()
    type('Ada')
    const outcome = engine.complete()
    await vi.advanceTimersByTimeAsync(100)
    expect((await outcome).kind).toBe('saved')
    expect(api.calls).toMatchObject([{ patch: { fullName: 'Ada' } }])
  })

  test('in the middle of what was queued offline: only what both changed is asked about', async () => {
    const { api, engine, answers, type, unsent, told, statuses } = await setUp(
      saveServer({ profile: { fullName: 'A', jobTitle: 'B' } }),
    )
    api.failures.push(...transient(4))
    type('Ada')
    void engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(3000)
    type('Ada L')
    answers.edit('profile', { jobTitle: 'Analyst' })
    void engine.flush('profile')
    await vi.advanceTimersByTimeAsync(100)
    expect(unsent()).toHaveLength(2)

    api.change({ profile: { fullName: 'Grace', jobTitle: 'B', companyName: 'Navy' } })
    void engine.resume()
    await vi.advanceTimersByTimeAsync(5000)
    expect(api.state.answers.profile).toEqual({ fullName: 'Grace', jobTitle: 'Analyst', companyName: 'Navy' })
    expect(answers.snapshot().conflicts).toEqual([{ step: 'profile', field: 'fullName', theirs: 'Grace' }])
    expect(answers.snapshot().answers.profile?.['fullName']).toBe('Ada L')
    expect(unsent()).toEqual([])
    // Nobody is told that all of it has arrived.
    expect(told).not.toContain('recovered')
    expect(statuses.at(-1)).toBe('conflict')
  })

  test('a server that is always ahead does not keep the page busy for ever', async () => {
    const { api, engine, type } = await setUp()
    api.failures.push(...Array.from({ length: 9 }, (): Failure => ({ kind: 'stale', session: api.session(), problem: PROBLEM })))
    type('Ada')
    const outcome = engine.flush('profile')
    await vi.advanceTimersByTimeAsync(2000)
    expect((await outcome).kind).toBe('queued')
    expect(api.calls).toHaveLength(6)
  })
})

test('what another tab or the service worker has sent meanwhile is noticed', async () => {
  const [api, browser] = [saveServer(), newBrowser()]
  const [tab, other] = [await openTab(api, browser), await openTab(api, browser)]
  api.failures.push(...transient(3))
  tab.type('Ada')
  await vi.advanceTimersByTimeAsync(3000)
  expect(tab.statuses.at(-1)).toBe('queued')
  void other.engine.resume()
  await vi.advanceTimersByTimeAsync(100)
  expect(api.calls).toHaveLength(4)
  await vi.advanceTimersByTimeAsync(100)
  tab.engine.noticed()
  expect(tab.statuses.at(-1)).toBe('saved')
  expect(tab.told.at(-1)).toBe('recovered')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(api.calls).toHaveLength(4)
})

test('two tabs that type at once take no word of the other for that of another device', async () => {
  const [api, browser] = [saveServer(), newBrowser()]
  const [one, other] = [await openTab(api, browser), await openTab(api, browser)]
  for (const text of ['A', 'Ad', 'Ada', 'Ada L', 'Ada Lo']) {
    one.type(text)
    await vi.advanceTimersByTimeAsync(250)
    other.type(`${text}!`)
    void other.engine.flush('profile')
    await vi.advanceTimersByTimeAsync(20)
  }
  await vi.advanceTimersByTimeAsync(10_000)
  for (const { answers } of [one, other]) {
    expect(answers.snapshot().conflicts).toEqual([])
    expect(answers.snapshot().answers.profile?.['fullName']).toBe('Ada Lo!')
  }
  expect(api.state.answers.profile).toEqual({ fullName: 'Ada Lo!' })
  expect(api.mostInFlight()).toBe(1)
})
