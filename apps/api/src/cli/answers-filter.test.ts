import { Command } from 'commander'
import { expect, it } from 'vitest'
import { type FilterOptions, filterOf } from './answers-filter.ts'

const newCommand = () => new Command().exitOverride().configureOutput({ writeErr: () => {} })

it('a filter of the command line is that of the staff app', () => {
  const [from, before] = [new Date('2026-01-01'), new Date('2026-02-01')]
  const given = {
    role: ['data', 'sales'],
    plan: 'SCALE',
    schemaVersion: '2',
    answer: ['work.team=a=b'],
    text: 'ada',
    from,
    before,
  }
  expect(filterOf(newCommand(), given)).toEqual({
    ...{ roles: ['data', 'sales'], plan: 'SCALE', schemaVersion: 2, text: 'ada' },
    answers: [{ step: 'work', field: 'team', value: 'a=b' }],
    ...{ completedFrom: from, completedBefore: before },
  })
})

it.each<[FilterOptions, string]>([
  [{ role: ['data', 'wizard'] }, 'error: --role: Invalid option'],
  [{ schemaVersion: 'two' }, 'error: --schema-version: '],
  [{ answer: ['nonsense'] }, 'error: --answer: Use step.field=value, such as work.team=platform.'],
  [{ text: '%%' }, 'error: --text: there is no word in it'],
  [{ from: new Date('2026-02-01'), before: new Date('2026-01-01') }, 'error: --before: this is before --from'],
])('%o ends with 2', (given, message) => {
  const ending = expect(() => filterOf(newCommand(), given))
  ending.toThrow(expect.objectContaining({ exitCode: 2, message: expect.stringContaining(message) }))
})
