import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fieldsOf, mergeAnswers, type Merged, pendingPatch, sameAnswer, stepsOf, withPatch } from './merge.ts'
import type { DraftAnswers, DraftValue } from './questionnaire.ts'

const CASES = { numRuns: 10_000 }

const STEPS = ['profile', 'work', 'tools'] as const
const FIELDS = ['one', 'two', 'three'] as const

// Few values, so that the sides often agree; each kind that an answer can have, and each way to say nothing.
const value: fc.Arbitrary<DraftValue> = fc.constantFrom<DraftValue>(
  ...['', 'Ada', 'Ada L', 'Grace'],
  ...[true, false, null],
  ...[[], ['dbt'], ['dbt', 'Slack'], ['Slack', 'dbt']],
  [{ email: 'ada@example.com', role: 'admin' }],
  [{ role: 'admin', email: 'ada@example.com' }],
)
const step = fc.constantFrom(...STEPS)
const field = fc.constantFrom(...FIELDS)
const answersOf = (fields: fc.Arbitrary<string>): fc.Arbitrary<DraftAnswers> =>
  fc.dictionary(step, fc.dictionary(fields, value, { maxKeys: 3 }), { maxKeys: 3 })
const answers = answersOf(field)

const local = (server: DraftAnswers, mine: DraftAnswers): Merged => ({ server, answers: mine, conflicts: [] })

/** Every field that any of these has, with its value in each. */
function fields(...all: DraftAnswers[]) {
  return stepsOf(...all).flatMap((name) =>
    [...new Set(all.flatMap((one) => Object.keys(fieldsOf(one, name))))].map((key) => ({
      step: name,
      field: key,
      values: all.map((one) => fieldsOf(one, name)[key]),
    })),
  )
}

test('nothing that either side typed is lost: it is in the answers, or in a conflict that shows both', () => {
  fc.assert(
    fc.property(answers, answers, answers, (base, mine, theirs) => {
      const merged = mergeAnswers(local(base, mine), theirs)
      for (const { step, field, values } of fields(base, mine, theirs)) {
        const [was, typed, remote] = values
        const shown = fieldsOf(merged.answers, step)[field]
        const conflict = merged.conflicts.find((open) => open.step === step && open.field === field)
        if (!sameAnswer(typed, was)) expect(sameAnswer(shown, typed)).toBe(true)
        if (!sameAnswer(remote, was)) expect(sameAnswer(shown, remote) || sameAnswer(conflict?.theirs, remote)).toBe(true)
      }
    }),
    CASES,
  )
})

test('what is not in conflict is either on the server or on its way there', () => {
  fc.assert(
    fc.property(answers, answers, answers, (base, mine, theirs) => {
      const merged = mergeAnswers(local(base, mine), theirs)
      for (const { step, field, values } of fields(merged.answers, theirs)) {
        const conflict = merged.conflicts.some((open) => open.step === step && open.field === field)
        const isPending = field in pendingPatch(merged, step)
        expect(isPending).toBe(!conflict && !sameAnswer(values[0], values[1]))
      }
    }),
    CASES,
  )
})

test('merging twice changes nothing', () => {
  fc.assert(
    fc.property(answers, answers, answers, (base, mine, theirs) => {
      const once = mergeAnswers(local(base, mine), theirs)
      expect(mergeAnswers(once, theirs)).toEqual(once)
    }),
    CASES,
  )
})

test('edits that are alike are no conflict, and neither is an edit that only one side made', () => {
  fc.assert(
    fc.property(answers, answers, (base, edited) => {
      for (const merged of [
        mergeAnswers(local(base, edited), edited),
        mergeAnswers(local(base, edited), base),
        mergeAnswers(local(base, base), edited),
      ]) {
        expect(merged.conflicts).toEqual([])
        for (const { values } of fields(merged.answers, edited)) expect(sameAnswer(values[0], values[1])).toBe(true)
      }
    }),
    CASES,
  )
})

/** A device: it sends what it typed, after taking in what the server has, as the save engine does. */
function arrive(server: DraftAnswers, base: DraftAnswers, edit: DraftAnswers): DraftAnswers {
  const mine = stepsOf(edit).reduce((all, name) => withPatch(all, name, fieldsOf(edit, name)), base)
  const merged = mergeAnswers(local(base, mine), server)
  expect(merged.conflicts).toEqual([])
  return stepsOf(merged.answers, server).reduce((all, name) => withPatch(all, name, pendingPatch(merged, name)), server)
}

test('the order in which independent edits arrive makes no difference', () => {
  const [left, right] = [answersOf(fc.constantFrom('one', 'two')), answersOf(fc.constantFrom('three', 'four'))]
  fc.assert(
    fc.property(answers, left, right, (base, one, other) => {
      const oneFirst = arrive(arrive(base, base, one), base, other)
      const otherFirst = arrive(arrive(base, base, other), base, one)
      for (const { values } of fields(oneFirst, otherFirst)) expect(sameAnswer(values[0], values[1])).toBe(true)
    }),
    CASES,
  )
})

test('a conflict waits for the person, wherever the server goes, until both sides have the same', () => {
  fc.assert(
    fc.property(fc.tuple(answers, answers, answers, answers), ([base, mine, theirs, later]) => {
      const first = mergeAnswers(local(base, mine), theirs)
      const second = mergeAnswers(first, later)
      for (const { step, field } of first.conflicts) {
        const typed = fieldsOf(first.answers, step)[field]
        const isSettled = sameAnswer(typed, fieldsOf(later, step)[field])
        expect(second.conflicts.some((open) => open.step === step && open.field === field)).toBe(!isSettled)
        expect(sameAnswer(fieldsOf(second.answers, step)[field], typed)).toBe(true)
      }
    }),
    CASES,
  )
})
