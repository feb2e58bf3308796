import type { ColumnDeclaration, ColumnState, TableDeclaration } from '../ports/warehouse.ts'

export interface TableDrift {
  /** May be added to a table that has rows. */
  addable: ColumnDeclaration[]
  /** What must not be changed, one line each: `amount is STRING, declared NUMERIC`, `seq is missing`. */
  refused: string[]
}

/** How a table in the warehouse differs from its declaration. Columns that are not declared are nobody's concern. */
export function tableDrift(table: TableDeclaration, found: readonly ColumnState[]): TableDrift {
  const types = new Map(found.map((column) => [column.name, column.type]))
  const missing = table.columns.filter((column) => !types.has(column.name))
  const changed = table.columns.filter((column) => types.has(column.name) && types.get(column.name) !== column.type)
  return {
    addable: missing.filter((column) => !column.required),
    refused: [
      ...missing.filter((column) => column.required).map((column) => `${column.name} is missing`),
      ...changed.map((column) => `${column.name} is ${types.get(column.name)}, declared ${column.type}`),
    ],
  }
}
