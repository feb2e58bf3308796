import type { BootstrapReport } from '@gangway/schemas/bootstrap'
import { expect, test } from 'vitest'
import { reportText } from './report-text.ts'

type State = BootstrapReport['tables'][number]['state']

function report(states: readonly State[], resumed: number): BootstrapReport {
  return {
    ...{ status: 'SYNCED', tables_expected: states.length, tables_present: states.length, tables_missing: [], drift: [] },
    tables: states.map((state, index) => ({ name: `table_${index}`, state, drift: [] })),
    runs_resumed: resumed,
  }
}

test.each([
  [report(['present', 'present'], 0), 'No tables created, 2 were there, none drifted.'],
  [report(['created', 'present'], 1), '1 table created, 1 was there, none drifted. 1 run that waited for it goes on.'],
  [report(['created', 'created', 'drifted'], 3), '2 tables created, 0 were there, 1 drifted. 3 runs that waited for it go on.'],
])('tells what was done: %#', (given, text) => {
  expect(reportText(given)).toBe(text)
})
