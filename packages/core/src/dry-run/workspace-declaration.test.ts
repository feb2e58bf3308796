import { PLANS } from '@gangway/schemas/plans'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { META_TABLES } from '../bootstrap/index.ts'
import { COMPREHENSIVE_VIEW, COMPREHENSIVE_VIEW_COLUMNS, WORKSPACE_TABLES } from '../workspace/index.ts'
import { checkWorkspaceDeclaration, type WorkspaceDeclaration } from './workspace-declaration.ts'

const sound: WorkspaceDeclaration = {
  tables: WORKSPACE_TABLES,
  metaTables: META_TABLES,
  viewColumns: COMPREHENSIVE_VIEW_COLUMNS,
  plans: Object.values(PLANS),
}

describe('checkWorkspaceDeclaration', () => {
  it('finds nothing wrong with what is declared', () => {
    expect(checkWorkspaceDeclaration(sound)).toEqual([])
  })

  it('misses every one of the six tables', () => {
    fc.assert(
      fc.property(fc.subarray([...WORKSPACE_TABLES], { maxLength: 5 }), (tables) => {
        const lines = checkWorkspaceDeclaration({ ...sound, tables })
        const missing = WORKSPACE_TABLES.filter((table) => !tables.includes(table)).map(({ name }) => `${name} is not declared`)
        expect(lines).toEqual(expect.arrayContaining(missing))
      }),
    )
  })

  it('wants limits that are whole, positive and in proportion', () => {
    const limit = fc.oneof(fc.integer({ min: -5, max: 20 }), fc.constantFrom(0, 1.5, Number.NaN, Number.POSITIVE_INFINITY))
    fc.assert(
      fc.property(fc.record({ runsPerDay: limit, runsPerMonth: limit, runsAtOnce: limit }), (limits) => {
        const { runsPerDay, runsPerMonth, runsAtOnce } = limits
        const fine = [runsPerDay, runsPerMonth, runsAtOnce].every((each) => Number.isInteger(each) && each > 0)
        const lines = checkWorkspaceDeclaration({ ...sound, plans: [{ id: 'SCALE', limits }] })
        expect(lines.length === 0).toBe(fine && runsAtOnce <= runsPerDay && runsPerDay <= runsPerMonth)
      }),
    )
  })

  it('sees a view that is empty, repeats itself, has a table’s name or reads what is not there', () => {
    const [pipelineRuns] = WORKSPACE_TABLES.filter(({ name }) => name === 'pipeline_runs')
    if (!pipelineRuns) throw new Error('pipeline_runs is not declared')
    const [first] = COMPREHENSIVE_VIEW_COLUMNS
    expect(checkWorkspaceDeclaration({ ...sound, viewColumns: [] })).toEqual([`${COMPREHENSIVE_VIEW} has no columns`])
    expect(checkWorkspaceDeclaration({ ...sound, viewColumns: [first, first] })).toEqual([
      `${COMPREHENSIVE_VIEW} has tenant_id more than once`,
    ])
    expect(
      checkWorkspaceDeclaration({ ...sound, tables: [...WORKSPACE_TABLES, { ...pipelineRuns, name: COMPREHENSIVE_VIEW }] }),
    ).toEqual([`${COMPREHENSIVE_VIEW} is a table as well as a view`])
    expect(checkWorkspaceDeclaration({ ...sound, metaTables: META_TABLES.slice(1) })).toContain(
      `${COMPREHENSIVE_VIEW} reads org_profiles.company_name, which is not declared`,
    )
  })
})
