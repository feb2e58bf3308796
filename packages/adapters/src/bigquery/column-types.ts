import type { ColumnDeclaration, ColumnState, ColumnType } from '@gangway/core/ports'
import { z } from 'zod'

/** The API answers with the names of legacy SQL: https://cloud.google.com/bigquery/docs/reference/rest/v2/tables#TableFieldSchema */
const COLUMN_TYPES: Record<string, ColumnType> = {
  STRING: 'STRING',
  INTEGER: 'INT64',
  INT64: 'INT64',
  FLOAT: 'FLOAT64',
  FLOAT64: 'FLOAT64',
  NUMERIC: 'NUMERIC',
  BOOLEAN: 'BOOL',
  BOOL: 'BOOL',
  TIMESTAMP: 'TIMESTAMP',
  DATE: 'DATE',
  JSON: 'JSON',
}

/** A field as the API has it; what else it says of a field is sent back as it came. */
export const fieldSchema = z.looseObject({ name: z.string(), type: z.string(), mode: z.string().optional() })
export type Field = z.output<typeof fieldSchema>

export function columnState({ name, type, mode }: Field): ColumnState {
  return { name, type: mode === 'REPEATED' ? 'OTHER' : (COLUMN_TYPES[type] ?? 'OTHER') }
}

export function newField({ name, type, required = false }: ColumnDeclaration) {
  return { name, type, mode: required ? 'REQUIRED' : 'NULLABLE' }
}

export type Types = ReadonlyMap<string, ColumnState['type']>

const MANY_TABLES = 2000

/** The types of columns never change, so that they are asked for once. Columns may be added by others. */
export function createColumnTypes() {
  const known = new Map<string, Types>()

  return {
    get: (place: string) => known.get(place),
    set(place: string, columns: readonly ColumnState[]): Types {
      if (known.size >= MANY_TABLES) known.clear()
      const types = new Map(columns.map(({ name, type }) => [name, type]))
      known.set(place, types)
      return types
    },
  }
}

export type ColumnTypes = ReturnType<typeof createColumnTypes>
