import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { expect, test } from 'vitest'
import type { QueuedSave } from '../offline/queued-save.ts'
import { type Answers, createAnswers, unsavedSteps } from './answers-store.ts'
import { readKept } from './kept-answers.ts'
import { newBrowser, tabChannels } from './testing/open-tab.ts'
import { openSession, SESSION_ID } from './testing/save-server.ts'

const at = (revision: number, fullName: string): OnboardingSession =>
  openSession({ revision, answers: { profile: { fullName } } })

let tabs = 0
function create(parts: Partial<Parameters<typeof createAnswers>[0]> = {}): Answers {
  return createAnswers({ storage: newBrowser().storage, tabs: tabChannels()(), tab: `tab-${++tabs}`, ...parts })
}

function open(parts: Partial<Parameters<typeof createAnswers>[0]> = {}): Answers {
  const answers = create(parts)
  answers.adopt(at(1, 'Ada'))
  return answers
}

/** A save as the queue of this browser has it. */
function save(parts: Partial<QueuedSave>): QueuedSave {
  return {
    ...{ mutationId: 'one', order: 1, sessionId: SESSION_ID, step: 'profile', state: 'sent', patch: {}, base: {} },
    ...{ revision: 1, schemaVersion: 1, url: '' },
    ...parts,
  }
}

test('what was typed and not saved is there after a reload, and is still known to be unsaved', async () => {
  const { storage } = newBrowser()
  open({ storage }).edit('profile', { jobTitle: 'Analyst' })

  const reloaded = create({ storage })
  await reloaded.hydrate()
  reloaded.adopt(at(1, 'Ada'))
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
  const { storage } = newBrowser()
  open({ storage }).edit('profile', { jobTitle: 'Analyst' })

  const next = create({ storage })
  await next.hydrate()
  next.adopt(openSession({ id: '0190c2a0-0000-7000-8000-000000000002', revision: 0 }))
  expect(next.snapshot().answers).toEqual({})
})

test('a tab that heard nothing of the others takes in what they typed, and gives up nothing of its own', async () => {
  const { storage } = newBrowser()
  const [deaf, other] = [open({ storage }), create({ storage })]
  await other.hydrate()
  other.edit('profile', { jobTitle: 'Analyst' })
  const { session } = deaf.store.getState()
  await deaf.hydrate()
  expect(deaf.snapshot().answers.profile).toEqual({ fullName: 'Ada', jobTitle: 'Analyst' })
  expect(deaf.store.getState().session).toBe(session)

  // A full disk keeps what it had.
  const full = create({ storage: { ...storage, setItem: () => {} } })
  await full.hydrate()
  full.edit('profile', { fullName: 'Ada L' })
  full.adopt(at(3, 'Ada'))
  other.edit('profile', { jobTitle: 'Author' })
  await full.hydrate()
  expect(full.snapshot()).toMatchObject({ revision: 3, answers: { profile: { fullName: 'Ada L' } } })

  deaf.clear()
  await other.hydrate()
  expect(other.snapshot().answers).toEqual({})
})

test('what cannot be read is dropped', () => {
  expect(readKept({ sessionId: 7 }).sessionId).toBeNull()
  expect(readKept(undefined).answers).toEqual({})
})

test('an answer of the server that is older than what is known changes nothing', () => {
  const answers = open()
  answers.adopt(at(3, 'Grace'))
  answers.adopt(at(2, 'Ada'))
  expect(answers.snapshot()).toMatchObject({ revision: 3, answers: { profile: { fullName: 'Grace' } } })
})

test('typing on while a save is under way is no conflict with that save', () => {
  const answers = open()
  answers.edit('profile', { fullName: 'Ada L' })
  answers.edit('profile', { fullName: 'Ada Love' })
  answers.adopt(at(2, 'Ada L'), [save({ patch: { fullName: 'Ada L' } })])
  expect(answers.snapshot().conflicts).toEqual([])
  expect(answers.snapshot().answers.profile?.['fullName']).toBe('Ada Love')
  expect(unsavedSteps(answers.snapshot())).toEqual(['profile'])
})

test('two tabs show the same, and neither takes the saves of the other for a conflict', () => {
  const tab = tabChannels()
  const [first, second] = [open({ tabs: tab() }), open({ tabs: tab() })]
  second.follow(() => {})
  first.edit('profile', { fullName: 'Ada L' })
  expect(second.snapshot().answers.profile?.['fullName']).toBe('Ada L')

  first.edit('profile', { fullName: 'Ada Love' })
  first.adopt(at(2, 'Ada L'), [save({ patch: { fullName: 'Ada L' } })])
  expect(second.snapshot()).toMatchObject({ revision: 2, conflicts: [], answers: { profile: { fullName: 'Ada Love' } } })

  first.clear()
  expect(second.snapshot().sessionId).toBeNull()
})

test.each([
  { side: 'mine', value: 'Grace', unsaved: ['profile'] },
  { side: 'theirs', value: 'Edith', unsaved: [] },
] as const)('a conflict is settled by taking $side, here and in the other tab', ({ side, value, unsaved }) => {
  const tab = tabChannels()
  const [first, second] = [open({ tabs: tab() }), open({ tabs: tab() })]
  second.follow(() => {})
  first.edit('profile', { fullName: 'Grace' })
  first.adopt(at(2, 'Edith'))
  expect(first.snapshot().conflicts).toHaveLength(1)
  expect(first.snapshot().answers.profile?.['fullName']).toBe('Grace')

  first.pick({ step: 'profile', field: 'fullName' }, side)
  for (const { answers, conflicts } of [first.snapshot(), second.snapshot()]) {
    expect(conflicts).toEqual([])
    expect(answers.profile?.['fullName']).toBe(value)
  }
  expect(unsavedSteps(first.snapshot())).toEqual(unsaved)
})

test('a snapshot stays as it was', () => {
  const answers = open()
  const before = answers.snapshot()
  answers.edit('profile', { fullName: 'Grace' })
  expect(before.answers.profile?.['fullName']).toBe('Ada')
})

test('tabs that typed in one field at the same moment agree on who was last', () => {
  const tab = tabChannels()
  const [first, second] = [open({ tabs: tab() }), open({ tabs: tab() })]
  const [early, late]: unknown[][] = [[], []]
  const one = create({ tab: 'a', tabs: { post: (message) => early?.push(message), listen: () => () => {} } })
  const other = create({ tab: 'b', tabs: { post: (message) => late?.push(message), listen: () => () => {} } })
  for (const [answers, text] of [
    [one, 'Grace'],
    [other, 'Edith'],
  ] as const) {
    answers.adopt(at(1, 'Ada'))
    answers.edit('profile', { fullName: text })
  }
  first.follow(() => {})
  second.follow(() => {})
  const outside = tab()
  // They are heard in one order here, and in the other there.
  for (const message of [...(early ?? []), ...(late ?? []), ...(early ?? [])]) outside.post(message)
  expect(first.snapshot().answers).toEqual(second.snapshot().answers)
  expect(first.snapshot().answers.profile?.['fullName']).toBe('Edith')
})

test('who comes back after somebody else finds what they had typed, on what they had typed it on', () => {
  const answers = open()
  answers.adopt(openSession({ id: '0190c2a0-0000-7000-8000-000000000002', revision: 5 }))
  const unsent = [
    save({ state: 'sending', base: { fullName: 'Ada', jobTitle: null }, patch: { fullName: 'Ada L', jobTitle: 'Analyst' } }),
    save({ state: 'waiting', mutationId: 'two', base: { fullName: 'Ada L' }, patch: { fullName: 'Ada Love' } }),
  ]
  answers.adopt(at(2, 'Grace'), unsent)
  expect(answers.snapshot()).toMatchObject({
    answers: { profile: { fullName: 'Ada Love', jobTitle: 'Analyst' } },
    conflicts: [{ field: 'fullName', theirs: 'Grace' }],
  })
})
