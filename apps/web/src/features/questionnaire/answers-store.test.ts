import { expect, test } from 'vitest'
import { type Answers, createAnswers, readKept, unsavedSteps } from './answers-store.ts'
import type { TabChannel } from './tab-channel.ts'

const SESSION = '0190c2a0-0000-7000-8000-000000000001'

function memoryStorage() {
  const kept = new Map<string, string>()
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

/** Tabs of one browser: what one posts, all others hear. */
function browser() {
  const listeners: { tab: number; hear: (message: unknown) => void }[] = []
  let tabs = 0
  return (): TabChannel => {
    const tab = tabs++
    return {
      post: (message) => {
        for (const { tab: other, hear } of listeners) if (other !== tab) hear(structuredClone(message))
      },
      listen: (hear) => {
        listeners.push({ tab, hear })
        return () => listeners.splice(0)
      },
    }
  }
}

function open(parts: Partial<Parameters<typeof createAnswers>[0]> = {}): Answers {
  const answers = createAnswers({ storage: memoryStorage(), tabs: browser()(), ...parts })
  answers.adopt({ id: SESSION, revision: 1, answers: { profile: { fullName: 'Ada' } } })
  return answers
}

test('what was typed and not saved is there after a reload, and is still known to be unsaved', async () => {
  const storage = memoryStorage()
  open({ storage }).edit('profile', { jobTitle: 'Analyst' })

  const reloaded = createAnswers({ storage, tabs: browser()() })
  await reloaded.hydrate()
  reloaded.adopt({ id: SESSION, revision: 1, answers: { profile: { fullName: 'Ada' } } })
  expect(reloaded.snapshot().answers.profile).toEqual({ fullName: 'Ada', jobTitle: 'Analyst' })
  expect(unsavedSteps(reloaded.snapshot())).toEqual(['profile'])
})

test('a browser that keeps nothing forgets nothing while its tab is open', async () => {
  const answers = open({ storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} } })
  answers.edit('profile', { jobTitle: 'Analyst' })
  await answers.hydrate()
  expect(answers.snapshot().answers.profile).toEqual({ fullName: 'Ada', jobTitle: 'Analyst' })
})

test("somebody else's answers are not shown to the next person at this browser", async () => {
  const storage = memoryStorage()
  open({ storage }).edit('profile', { jobTitle: 'Analyst' })

  const next = createAnswers({ storage, tabs: browser()() })
  await next.hydrate()
  next.adopt({ id: '0190c2a0-0000-7000-8000-000000000002', revision: 0, answers: {} })
  expect(next.snapshot().answers).toEqual({})
})

test('what cannot be read is dropped', () => {
  expect(readKept({ sessionId: 7 }).sessionId).toBeNull()
  expect(readKept(undefined).answers).toEqual({})
})

test('an answer of the server that is older than what is known changes nothing', () => {
  const answers = open()
  answers.adopt({ id: SESSION, revision: 3, answers: { profile: { fullName: 'Grace' } } })
  answers.adopt({ id: SESSION, revision: 2, answers: { profile: { fullName: 'Ada' } } })
  expect(answers.snapshot()).toMatchObject({ revision: 3, answers: { profile: { fullName: 'Grace' } } })
})

test('typing on while a save is under way is no conflict with that save', () => {
  const answers = open()
  answers.edit('profile', { fullName: 'Ada L' })
  answers.edit('profile', { fullName: 'Ada Love' })
  answers.adopt(
    { id: SESSION, revision: 2, answers: { profile: { fullName: 'Ada L' } } },
    { step: 'profile', patch: { fullName: 'Ada L' } },
  )
  expect(answers.snapshot().conflicts).toEqual([])
  expect(answers.snapshot().answers.profile?.fullName).toBe('Ada Love')
  expect(unsavedSteps(answers.snapshot())).toEqual(['profile'])
})

test('two tabs show the same, and neither takes the saves of the other for a conflict', () => {
  const tab = browser()
  const [first, second] = [open({ tabs: tab() }), open({ tabs: tab() })]
  second.follow(() => {})
  first.edit('profile', { fullName: 'Ada L' })
  expect(second.snapshot().answers.profile?.fullName).toBe('Ada L')

  first.edit('profile', { fullName: 'Ada Love' })
  first.adopt(
    { id: SESSION, revision: 2, answers: { profile: { fullName: 'Ada L' } } },
    { step: 'profile', patch: { fullName: 'Ada L' } },
  )
  expect(second.snapshot()).toMatchObject({ revision: 2, conflicts: [], answers: { profile: { fullName: 'Ada Love' } } })

  first.clear()
  expect(second.snapshot().sessionId).toBeNull()
})

test.each([
  { side: 'mine', value: 'Grace', unsaved: ['profile'] },
  { side: 'theirs', value: 'Edith', unsaved: [] },
] as const)('a conflict is settled by taking $side, here and in the other tab', ({ side, value, unsaved }) => {
  const tab = browser()
  const [first, second] = [open({ tabs: tab() }), open({ tabs: tab() })]
  second.follow(() => {})
  first.edit('profile', { fullName: 'Grace' })
  first.adopt({ id: SESSION, revision: 2, answers: { profile: { fullName: 'Edith' } } })
  expect(first.snapshot().conflicts).toHaveLength(1)
  expect(first.snapshot().answers.profile?.fullName).toBe('Grace')

  first.pick({ step: 'profile', field: 'fullName' }, side)
  for (const { answers, conflicts } of [first.snapshot(), second.snapshot()]) {
    expect(conflicts).toEqual([])
    expect(answers.profile?.fullName).toBe(value)
  }
  expect(unsavedSteps(first.snapshot())).toEqual(unsaved)
})

test('a snapshot stays as it was', () => {
  const answers = open()
  const before = answers.snapshot()
  answers.edit('profile', { fullName: 'Grace' })
  expect(before.answers.profile?.fullName).toBe('Ada')
})
