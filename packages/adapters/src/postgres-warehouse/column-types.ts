import type { ColumnState, ColumnType } from '@gangway/core/ports'

/** As `format_type` spells them. */
const POSTGRES_TYPES: Record<ColumnType, string> = {
  STRING: 'text',
  INT64: 'bigint',
  FLOAT64: 'double precision',
  NUMERIC: 'numeric',
  BOOL: 'boolean',
  TIMESTAMP: 'timestamp with time zone',
  DATE: 'date',
  JSON: 'jsonb',
}

export function postgresType(type: ColumnType): string {
  return POSTGRES_TYPES[type]
}

const COLUMN_TYPES: readonly ColumnType[] = ['STRING', 'INT64', 'FLOAT64', 'NUMERIC', 'BOOL', 'TIMESTAMP', 'DATE', 'JSON']

export function columnType(postgres: string): ColumnState['type'] {
  return COLUMN_TYPES.find((type) => POSTGRES_TYPES[type] === postgres) ?? 'OTHER'
}
