import { pendingPatch } from '@gangway/schemas/merge'
import type { OnboardingSession, SaveInput } from '@gangway/schemas/onboarding'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAnswers } from './answers-store.ts'
import { createSaveEngine, type Failure, type SaveStatus } from './save-engine.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const PROBLEM = { code: 'UNKNOWN', message: 'Something went wrong.', errorId: 'err_1', retry: 'transient' } as const

class Refusal extends Error {
  readonly failure: Failure
  constructor(failure: Failure) {
    super(failure.kind)
    this.failure = failure
  }
}

/** A server that keeps answers under a revision, as the real one does, and fails on demand. */
function server(answers: DraftAnswers = {}) {
  const state = { revision: 1, answers }
  const seen = new Map<string, OnboardingSession>()
  const calls: SaveInput[] = []
  const failures: Failure[] = []
  let inFlight = 0
  const session = (): OnboardingSession => ({
    id: '0190c2a0-0000-7000-8000-000000000001',
    status: 'open',
    schemaVersion: 1,
    manifestVersion: 1,
    variant: 'control',
    completedSteps: [],
    skippedSteps: [],
    currentStep: 'profile',
    nextStep: 'profile',
    checksum: '',
    updatedAt: new Date(0),
    completedAt: null,
    ...structuredClone(state),
  })
  return {
    state,
    calls,
    failures,
    session,
    change(patch: DraftAnswers): void {
      state.revision += 1
      state.answers = { ...state.answers, ...patch }
    },
    async save(input: SaveInput): Promise<OnboardingSession> {
      calls.push(input)
      inFlight += 1
      expect(inFlight).toBe(1)
      await new Promise((resolve) => setTimeout(resolve, 50))
      inFlight -= 1
      const failure = failures.shift()
      if (failure) throw new Refusal(failure)
      const before = seen.get(input.mutationId)
      if (before) return before
      if (input.revision !== state.revision) throw new Refusal({ kind: 'stale', session: session(), problem: PROBLEM })
      state.revision += 1
      state.answers = { ...state.answers, [input.step]: { ...state.answers[input.step], ...input.patch } }
      seen.set(input.mutationId, session())
      return session()
    },
  }
}

function setUp(api = server()) {
  const answers = createAnswers({
    storage: { getItem: () => null, setItem: () => {}, removeItem: () => {} },
    tabs: { post: () => {}, listen: () => () => {} },
  })
  answers.adopt(api.session())
  const statuses: SaveStatus['kind'][] = []
  const retries: string[] = []
  let ids = 0
  const engine = createSaveEngine({
    read: (step) => {
      const state = answers.snapshot()
      return {
        revision: state.revision,
        patch: pendingPatch(state, step),
        inConflict: state.conflicts.some((conflict) => conflict.step === step),
      }
    },
    save: (input) => api.save(input),
    complete: () => Promise.resolve(api.session()),
    adopt: (session, written) => answers.adopt(session, written),
    classify: (error) => (error instanceof Refusal ? error.failure : { kind: 'transient', problem: PROBLEM }),
    newMutationId: () => `mutation-${++ids}`,
    random: () => 0.5,
    onStatus: ({ kind }) => statuses.push(kind),
    onRetry: ({ message }) => retries.push(message),
    onGiveUp: () => {},
  })
  const type = (fullName: string) => {
    answers.edit('profile', { fullName })
    engine.edited('profile')
  }
  return { api, answers, engine, statuses, retries, type }
}

test('typing is saved once, after a pause', async () => {
  const { api, type, statuses } = setUp()
  for (const text of ['A', 'Ad', 'Ada']) {
    type(text)
    await vi.advanceTimersByTimeAsync(300)
  }
  expect(api.calls).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  expect(api.calls).toEqual([{ revision: 1, step: 'profile', patch: { fullName: 'Ada' }, mutationId: 'mutation-1' }])
  expect(statuses.at(-1)).toBe('saved')
})

test('Next does not wait for the pause, and sends what was typed with it', async () => {
  const { api, engine, type } = setUp()
  type('Ada')
  const outcome = engine.flush('profile', 'complete')
  await vi.advanceTimersByTimeAsync(5000)
  expect((await outcome).kind).toBe('saved')
  expect(api.calls).toMatchObject([{ patch: { fullName: 'Ada' }, advance: 'complete' }])
})

test('saves never overlap, and each uses the revision that the one before left', async () => {
  const { api, engine, answers, type } = setUp()
  type('A')
  const first = engine.flush('profile')
  await vi.advanceTimersByTimeAsync(10)
  type('Ada')
  answers.edit('tools', { tools: ['dbt'] })
  const rest = [engine.flush('profile', 'complete'), engine.flush('tools')]
  await vi.advanceTimersByTimeAsync(5000)
  await Promise.all([first, ...rest])
  expect(api.calls.map(({ revision, patch }) => ({ revision, patch }))).toEqual([
    { revision: 1, patch: { fullName: 'A' } },
    { revision: 2, patch: { fullName: 'Ada' } },
    { revision: 3, patch: { tools: ['dbt'] } },
  ])
})

test('a save whose answer is lost is repeated under the same mutation id', async () => {
  const { api, type, retries, statuses } = setUp()
  api.failures.push({ kind: 'transient', problem: PROBLEM }, { kind: 'transient', problem: PROBLEM })
  type('Ada')
  await vi.advanceTimersByTimeAsync(10_000)
  expect(api.calls.map(({ mutationId }) => mutationId)).toEqual(['mutation-1', 'mutation-1', 'mutation-1'])
  expect(retries).toHaveLength(2)
  expect(statuses.at(-1)).toBe('saved')
})

test('after three attempts it waits for the next edit, which saves everything', async () => {
  const { api, type, statuses, answers } = setUp()
  api.failures.push(...Array.from({ length: 3 }, (): Failure => ({ kind: 'transient', problem: PROBLEM })))
  type('Ada')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(api.calls).toHaveLength(3)
  expect(statuses.at(-1)).toBe('failed')
  expect(answers.snapshot().answers.profile?.fullName).toBe('Ada')

  type('Ada L')
  await vi.advanceTimersByTimeAsync(5000)
  expect(api.state.answers.profile).toEqual({ fullName: 'Ada L' })
})

test.each(['refused', 'signed-out'] as const)('what is %s is not tried again', async (kind) => {
  const { api, engine, type } = setUp()
  api.failures.push({ kind, problem: PROBLEM })
  type('Ada')
  const outcome = engine.flush('profile')
  await vi.advanceTimersByTimeAsync(60_000)
  expect((await outcome).kind).toBe(kind)
  expect(api.calls).toHaveLength(1)
})

test('a step that is refused, with its answers stored, is not saved over again', async () => {
  const { api, engine, answers, type, statuses } = setUp()
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
  test('what only this side changed is saved on the new revision without asking', async () => {
    const { api, engine, answers, type } = setUp()
    api.change({ work: { team: 'data' } })
    type('Ada')
    const outcome = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await outcome).kind).toBe('saved')
    expect(api.calls.map(({ revision }) => revision)).toEqual([1, 2])
    expect(answers.snapshot().answers).toEqual({ profile: { fullName: 'Ada' }, work: { team: 'data' } })
  })

  test('what both changed waits for the person; the rest is saved, and nothing typed is lost', async () => {
    const { api, engine, answers, type } = setUp()
    api.change({ profile: { fullName: 'Grace' } })
    type('Ada')
    answers.edit('profile', { jobTitle: 'Analyst' })
    const outcome = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await outcome).kind).toBe('conflict')
    expect(api.state.answers.profile).toEqual({ fullName: 'Grace', jobTitle: 'Analyst' })
    expect(api.calls.at(-1)?.advance).toBeUndefined()
    expect(answers.snapshot().answers.profile?.fullName).toBe('Ada')

    answers.pick({ step: 'profile', field: 'fullName' }, 'mine')
    const again = engine.flush('profile', 'complete')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await again).kind).toBe('saved')
    expect(api.state.answers.profile?.fullName).toBe('Ada')
  })

  test('a server that is always ahead does not keep the page busy for ever', async () => {
    const { api, engine, type } = setUp()
    api.failures.push(...Array.from({ length: 9 }, (): Failure => ({ kind: 'stale', session: api.session(), problem: PROBLEM })))
    type('Ada')
    const outcome = engine.flush('profile')
    await vi.advanceTimersByTimeAsync(60_000)
    expect((await outcome).kind).toBe('unreachable')
    expect(api.calls).toHaveLength(6)
  })
})
