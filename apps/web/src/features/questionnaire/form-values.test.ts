import type { ManifestStep } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
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
