import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryWarehouse } from '../testing/index.ts'
import type { ColumnDeclaration, ColumnType, TableDeclaration } from '../ports/warehouse.ts'
import { checkDeclarations } from './check-declarations.ts'
import { ORG_SLUG } from './columns.ts'
import { tableDrift } from './table-drift.ts'

const TYPES: ColumnType[] = ['STRING', 'INT64', 'FLOAT64', 'NUMERIC', 'BOOL', 'TIMESTAMP', 'DATE', 'JSON']

const name = fc
  .stringMatching(/^[a-z][a-z0-9_]{0,20}$/)
  .filter((text) => !['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', 'org_slug'].includes(text))
const column: fc.Arbitrary<ColumnDeclaration> = fc.record({ name, type: fc.constantFrom(...TYPES), required: fc.boolean() })
const columns = fc.uniqueArray(column, { selector: (each) => each.name, maxLength: 8 })

/** A table that nothing is wrong with. */
const table: fc.Arbitrary<TableDeclaration> = fc
  .record({ name, columns, clustered: fc.nat(3), partitioned: fc.boolean() })
  .map((made) => {
    const clusterable = made.columns.filter(({ type }) => type !== 'JSON' && type !== 'FLOAT64').map((each) => each.name)
    const day = made.columns.find(({ type }) => type === 'DATE' || type === 'TIMESTAMP')
    return {
      name: made.name,
      description: '',
      columns: [ORG_SLUG, ...made.columns],
      clusterBy: ['org_slug', ...clusterable.slice(0, made.clustered)],
      ...(made.partitioned && day && { partitionBy: day.name }),
    }
  })

/** What a warehouse may have in the place of a table: columns gone, of another type, or added by somebody. */
const found = fc
  .tuple(
    table,
    fc.array(fc.nat(3), { minLength: 9, maxLength: 9 }),
    fc.array(fc.constantFrom(...TYPES), { minLength: 9, maxLength: 9 }),
  )
  .map(([declared, fates, types]) => ({
    declared,
    there: [
      ...declared.columns.flatMap((each, index): ColumnDeclaration[] => {
        if (fates[index] === 0) return []
        return fates[index] === 1 ? [{ ...each, type: types[index] ?? each.type }] : [each]
      }),
      { name: 'added_by_somebody_else', type: 'STRING' as const },
    ],
  }))

function faults(tables: TableDeclaration[]): string[] {
  return checkDeclarations(tables).map(({ fault }) => fault)
}

describe('checkDeclarations', () => {
  it('finds nothing in a sound table, and one fault in one that was put into it', () => {
    fc.assert(
      fc.property(table, (sound) => {
        expect(faults([sound])).toEqual([])
        expect(faults([{ ...sound, partitionBy: 'nowhere_to_be_found' }])).toEqual(['partition_not_a_column'])
        expect(faults([{ ...sound, partitionBy: 'org_slug' }])).toEqual(['partition_not_a_day'])
        expect(faults([{ ...sound, clusterBy: [...sound.clusterBy, 'nowhere_to_be_found'] }])).toContain(
          'clustering_not_a_column',
        )
        expect(faults([{ ...sound, clusterBy: ['org_slug', 'org_slug', 'org_slug', 'org_slug', 'org_slug'] }])).toEqual([
          'too_many_clustering_columns',
        ])
        expect(faults([{ ...sound, columns: [...sound.columns, { name: '_PARTITION_date', type: 'DATE' }] }])).toEqual([
          'name_reserved',
        ])
        expect(faults([{ ...sound, columns: [...sound.columns, ORG_SLUG] }])).toEqual(['column_repeated'])
        expect(faults([sound, sound])).toEqual(['table_repeated'])
      }),
    )
  })

  it('never throws, whatever names there are', () => {
    const wild = fc.string({ unit: 'binary', maxLength: 20 })
    const anything = fc.record({
      name: wild,
      description: wild,
      columns: fc.array(fc.record({ name: wild, type: fc.constantFrom(...TYPES) }), { maxLength: 4 }),
      partitionBy: wild,
      clusterBy: fc.array(wild, { maxLength: 6 }),
    })
    fc.assert(
      fc.property(fc.array(anything, { minLength: 1, maxLength: 3 }), (tables) => {
        expect(faults(tables)).not.toEqual([])
      }),
      { numRuns: 20 },
    )
  })
})

describe('tableDrift', () => {
  it('finds none between a table and itself', () => {
    fc.assert(
      fc.property(table, (declared) => {
        expect(tableDrift(declared, declared.columns)).toEqual({ addable: [], refused: [] })
      }),
    )
  })

  it('adds nullable columns alone, and what remains then is what was refused', () => {
    fc.assert(
      fc.property(found, ({ declared, there }) => {
        const { addable, refused } = tableDrift(declared, there)
        expect(addable.filter((each) => each.required)).toEqual([])
        expect(tableDrift(declared, [...there, ...addable])).toEqual({ addable: [], refused })
      }),
    )
  })

  it('is mended once: a second look at the same warehouse changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(found, async ({ declared, there }) => {
        const warehouse = memoryWarehouse()
        await warehouse.ensureDataset('drifting', { org: 'o', run: 'r' })
        await warehouse.ensureTable('drifting', { ...declared, columns: there })
        const first = await warehouse.ensureTable('drifting', declared)
        const described = await warehouse.describeDataset('drifting')
        expect(await warehouse.ensureTable('drifting', declared)).toEqual(first)
        expect(await warehouse.describeDataset('drifting')).toEqual(described)
      }),
    )
  })
})
