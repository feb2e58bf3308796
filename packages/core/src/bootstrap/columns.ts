import type { ColumnDeclaration, ColumnType } from '../ports/warehouse.ts'

export function required(name: string, type: ColumnType = 'STRING'): ColumnDeclaration {
  return { name, type, required: true }
}

export function nullable(name: string, type: ColumnType = 'STRING'): ColumnDeclaration {
  return { name, type }
}

/** The first column of every table, and the first that each is clustered on. */
export const ORG_SLUG = required('org_slug')

/** When a row was appended: rows are never changed, and the newest of a thing is how the thing is now. */
export const RECORDED_AT = required('recorded_at', 'TIMESTAMP')
