import type { Field, FieldType } from './resources.ts'

/** How each type may stand in NDJSON: https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-json#details_of_loading_json_data */
const FORMS: Record<FieldType, (value: unknown) => boolean> = {
  STRING: (value) => typeof value === 'string',
  BYTES: (value) => typeof value === 'string',
  INTEGER: (value) => (typeof value === 'number' && Number.isInteger(value)) || isText(value, /^-?\d{1,19}$/),
  FLOAT: (value) => typeof value === 'number' || isText(value, /^(-?\d+(\.\d+)?(e[+-]?\d+)?|NaN|-?Infinity)$/i),
  /** https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types */
  NUMERIC: (value) => typeof value === 'number' || isText(value, /^-?\d{1,29}(\.\d{1,9})?$/),
  BOOLEAN: (value) => typeof value === 'boolean' || isText(value, /^(true|false)$/i),
  TIMESTAMP: (value) =>
    typeof value === 'number' || isText(value, /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}:\d{2}| UTC)?$/),
  DATETIME: (value) => isText(value, /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?$/),
  DATE: (value) => isText(value, /^\d{4}-\d{2}-\d{2}$/),
  JSON: () => true,
}

/** What is wrong with a row; nothing when it fits. */
export function rowProblem(fields: readonly Field[], row: object): string | undefined {
  const unknown = Object.keys(row).find((key) => !fields.some(({ name }) => name.toLowerCase() === key.toLowerCase()))
  if (unknown !== undefined) return `No such field: ${unknown}.`
  for (const { name, type, mode } of fields) {
    const value: unknown = Reflect.get(row, name) ?? null
    if (value === null && mode === 'REQUIRED') return `Missing required field: ${name}.`
    if (value !== null && mode !== 'REPEATED' && !FORMS[type](value))
      return `Could not convert value '${String(value)}' to ${type.toLowerCase()}. Field: ${name};`
  }
  return undefined
}

function isText(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && pattern.test(value)
}
