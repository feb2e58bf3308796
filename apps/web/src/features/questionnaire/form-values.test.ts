import { FIELD_TYPES, type ManifestField, type ManifestStep } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { given, stepIssues } from '@gangway/schemas/manifest-schema'
import type { DraftValue } from '@gangway/schemas/questionnaire'
import { expect, test } from 'vitest'
import { shownValues, storedValues } from './form-values.ts'

function step(wanted: string): ManifestStep {
  const found = BUILT_IN_MANIFEST.steps.find(({ id }) => id === wanted)
  if (!found) throw new Error(`no step ${wanted}`)
  return found
}

test('a form shows each kind of answer as its control takes it, and nothing for what is of another kind', () => {
  const stored = { role: 'data', timezone: ['UTC'], functions: ['analytics'], intents: 'explore' }
  expect(shownValues(step('work'), stored)).toEqual({
    ...{ role: 'data', timezone: null, team: null, experience: null },
    ...{ functions: ['analytics'], intents: [] },
  })
  expect(shownValues(step('workspace'), { name: 'Acme' })).toEqual({ mode: null, name: 'Acme', slug: '', inviteCode: '' })
})

test('addresses begin with a blank row, and blank rows at the end are not stored', () => {
  const blank = { email: '', role: 'member' }
  const [ada, gap] = [{ email: 'ada@example.com', role: 'admin' }, blank]
  expect(shownValues(step('invites'), {})).toEqual({ invites: [blank] })
  expect(storedValues(step('invites'), { invites: [ada, gap, ada, gap, gap] })).toEqual({ invites: [ada, gap, ada] })
  expect(storedValues(step('invites'), { invites: [blank] })).toEqual({ invites: [] })
})

const options = ['a', 'b'].map((value) => ({ value, label: { en: value } }))
const TEXTS = ['', ' ', 'a', 'ab', '5', 'UTC', '2026-05-01', 'https://example.com']
const [ADA, NOBODY] = [
  { email: 'ada@example.com', role: 'a' },
  { email: '', role: 'b' },
]
const TYPED: Partial<Record<ManifestField['type'], DraftValue[]>> = {
  'multi-select': [[], ['a'], ['x'], ['a', 'b']],
  boolean: [true, false],
  'e-mail-list': [[], [ADA], [ADA, NOBODY], [NOBODY, ADA], [ADA, ADA]],
}

test.each(FIELD_TYPES.map(({ value }) => value))('what a form accepts of the type %s, the server accepts', (type) => {
  for (const value of TYPED[type] ?? TEXTS) {
    for (const required of [true, false]) {
      for (const allowsOther of [true, false]) {
        const field = { name: 'q', type, label: { en: 'Q' }, options, required, allowsOther }
        const whole: ManifestStep = { ...step('profile'), fields: [field] }
        const kept = storedValues(whole, shownValues(whole, { q: value }))
        // The form checks what it would send without what is empty; the server checks what it was sent.
        expect(stepIssues(whole, kept)).toEqual(stepIssues(whole, given(kept)))
        if (stepIssues(whole, { q: value }).length === 0) expect(stepIssues(whole, kept)).toEqual([])
        expect(storedValues(whole, shownValues(whole, kept))).toEqual(kept)
      }
    }
  }
})
