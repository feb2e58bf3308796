import { fieldsOf, sameAnswer, stepsOf, withPatch } from '@gangway/schemas/merge'
import type { DraftAnswers, StepPatch } from '@gangway/schemas/questionnaire'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { append, type Edit, rebase, settle, take, unsentOf } from './queue.ts'
import type { QueuedSave } from './queued-save.ts'

const SESSION = 'session'

function edit(parts: Partial<Edit> = {}): Edit {
  return {
    ...{ sessionId: SESSION, revision: 1, server: {}, answers: {}, conflicts: [], step: 'profile', advance: undefined },
    ...{ mutationId: 'one', schemaVersion: 1, url: '' },
    ...parts,
  }
}

const profile = (fields: Record<string, string | null>): DraftAnswers => ({ profile: fields })

test('typing on is one save until it is sent, under the mutation id that it was given first', () => {
  const first = append([], edit({ answers: profile({ fullName: 'A' }) }))
  const grown = append(first, edit({ answers: profile({ fullName: 'Ada', jobTitle: 'B' }), mutationId: 'two' }))
  expect(grown).toMatchObject([{ mutationId: 'one', patch: { fullName: 'Ada', jobTitle: 'B' }, base: { fullName: null } }])

  const { saves } = take(grown, { sessionId: SESSION, revision: 1, server: {} })
  const next = append(saves, edit({ answers: profile({ fullName: 'Ada L', jobTitle: 'B' }), mutationId: 'three' }))
  expect(next).toMatchObject([
    { mutationId: 'one', state: 'sending' },
    { mutationId: 'three', state: 'waiting', patch: { fullName: 'Ada L' }, base: { fullName: 'Ada' } },
  ])
})

test('nothing new is no save, and leaving a step is one even then', () => {
  const known = edit({ server: profile({ fullName: 'Ada' }), answers: profile({ fullName: 'Ada' }) })
  expect(append([], known)).toEqual([])
  expect(append([], { ...known, advance: 'complete' })).toMatchObject([{ patch: {}, advance: 'complete' }])
})

test('a save that may have arrived is sent again as it was, whatever the server has become', () => {
  const queued = append([], edit({ answers: profile({ fullName: 'Ada' }) }))
  const { saves } = take(queued, { sessionId: SESSION, revision: 1, server: {} })
  const again = take(saves, { sessionId: SESSION, revision: 9, server: profile({ fullName: 'Grace' }) })
  expect(again.next).toMatchObject({ mutationId: 'one', revision: 1, patch: { fullName: 'Ada' }, state: 'sending' })
})

test('a save of somebody else in this browser is never taken', () => {
  const queued = append([], edit({ answers: profile({ fullName: 'Ada' }) }))
  expect(take(queued, { sessionId: 'another', revision: 1, server: {} }).next).toBeNull()
})

test('a step is not left while one of its fields is in conflict, but it may be skipped', () => {
  for (const advance of ['complete', 'skip'] as const) {
    const queued = append([], edit({ answers: profile({ fullName: 'Ada' }), advance }))
    const { saves, conflicts } = rebase(queued, { sessionId: SESSION, revision: 2, server: profile({ fullName: 'Grace' }) })
    expect(conflicts).toHaveLength(1)
    expect(saves[0]?.advance).toBe(advance === 'skip' ? 'skip' : undefined)
    expect(saves[0]?.state).toBe(advance === 'skip' ? 'waiting' : 'sent')
  }
})

test('a word of our own that came back is no conflict', () => {
  const first = append([], edit({ answers: profile({ fullName: 'Ada' }) }))
  const sent = first.reduce((saves, save) => settle(saves, { ...save, state: 'sent' }, 2), first)
  const later = append(sent, edit({ answers: profile({ fullName: 'Ada L' }), mutationId: 'two' }))
  const { saves, conflicts } = rebase(later, { sessionId: SESSION, revision: 2, server: profile({ fullName: 'Ada' }) })
  expect(conflicts).toEqual([])
  expect(unsentOf(saves, SESSION)).toMatchObject([{ patch: { fullName: 'Ada L' }, base: { fullName: 'Ada' } }])
})

const value = fc.constantFrom('Ada', 'Grace', 'Edith', null)
const fields: fc.Arbitrary<StepPatch> = fc.dictionary(fc.constantFrom('one', 'two', 'three'), value, { maxKeys: 3 })
const answers: fc.Arbitrary<DraftAnswers> = fc.dictionary(fc.constantFrom('profile', 'work'), fields, { maxKeys: 2 })
const typed = fc.array(fc.record({ step: fc.constantFrom('profile', 'work'), patch: fields }), { maxLength: 5 })

test('nothing in the queue is lost when the server has moved on: it is still to be sent, there already, or asked about', () => {
  fc.assert(
    fc.property(answers, typed, answers, (base, edits, theirs) => {
      let [mine, saves]: [DraftAnswers, readonly QueuedSave[]] = [base, []]
      for (const [index, { step, patch }] of edits.entries()) {
        mine = withPatch(mine, step, patch)
        saves = append(
          saves,
          edit({ server: base, answers: mine, step, mutationId: `${index}`, advance: index % 2 ? 'skip' : undefined }),
        )
      }
      const { saves: rebased, conflicts } = rebase(saves, { sessionId: SESSION, revision: 2, server: theirs })
      const result = unsentOf(rebased, SESSION).reduce((known, save) => withPatch(known, save.step, save.patch), theirs)
      for (const step of stepsOf(base, mine, theirs)) {
        for (const field of ['one', 'two', 'three']) {
          const [was, now, other] = [base, mine, theirs].map((all) => fieldsOf(all, step)[field])
          const isAsked = conflicts.some((open) => open.step === step && open.field === field)
          const isTouched = saves.some((save) => save.step === step && field in save.patch)
          const end = fieldsOf(result, step)[field]
          if (isTouched && !sameAnswer(now, was)) expect(isAsked || sameAnswer(end, now)).toBe(true)
          if (!sameAnswer(other, was)) expect(isAsked || sameAnswer(end, other) || sameAnswer(other, now)).toBe(true)
          if (isAsked) expect(sameAnswer(end, other)).toBe(true)
        }
      }
      const again = rebase(rebased, { sessionId: SESSION, revision: 2, server: theirs })
      expect(again.conflicts).toEqual([])
      expect(unsentOf(again.saves, SESSION)).toEqual(unsentOf(rebased, SESSION))
    }),
    { numRuns: 10_000 },
  )
})
