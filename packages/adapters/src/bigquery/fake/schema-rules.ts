import { invalid } from './refusal.ts'
import type { Field, FieldType, NewTable } from './resources.ts'

/** https://cloud.google.com/bigquery/docs/clustered-tables#limitations */
const CLUSTERING_TYPES: readonly FieldType[] = ['STRING', 'INTEGER', 'NUMERIC', 'BOOLEAN', 'TIMESTAMP', 'DATE', 'DATETIME']
const PARTITIONING_TYPES: readonly FieldType[] = ['DATE', 'TIMESTAMP', 'DATETIME']

/** What a new table must not ask for. */
export function assertTable({ timePartitioning, clustering }: NewTable, fields: readonly Field[]): void {
  assertDistinct(fields)
  if (timePartitioning?.field !== undefined) {
    const field = find(fields, timePartitioning.field, 'partitioning')
    if (!PARTITIONING_TYPES.includes(field.type) || field.mode === 'REPEATED')
      throw invalid(`The field specified for partitioning cannot be of type ${field.type}: ${field.name}.`)
  }
  for (const name of clustering?.fields ?? []) {
    const field = find(fields, name, 'clustering')
    if (!CLUSTERING_TYPES.includes(field.type) || field.mode === 'REPEATED')
      throw invalid(`${field.name} has type ${field.type}, which is not supported for clustering.`)
  }
}

/** The fields that a change of schema adds. Everything but new columns that may be empty is refused. */
export function addedFields(present: readonly Field[], wanted: readonly Field[]): Field[] {
  assertDistinct(wanted)
  for (const field of present) {
    const kept = wanted.find(({ name }) => name === field.name)
    if (!kept) throw invalid(`Provided Schema does not match Table. Field ${field.name} is missing in new schema`)
    if (kept.type !== field.type)
      throw invalid(
        `Provided Schema does not match Table. Field ${field.name} has changed type from ${field.type} to ${kept.type}`,
      )
    if (kept.mode !== field.mode)
      throw invalid(
        `Provided Schema does not match Table. Field ${field.name} has changed mode from ${field.mode} to ${kept.mode}`,
      )
  }
  const added = wanted.filter((field) => !present.some(({ name }) => name === field.name))
  const required = added.find(({ mode }) => mode === 'REQUIRED')
  if (required)
    throw invalid(
      `Provided Schema does not match Table. Cannot add required fields to an existing schema. (field: ${required.name})`,
    )
  return added
}

function assertDistinct(fields: readonly Field[]): void {
  const names = fields.map(({ name }) => name.toLowerCase())
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated !== undefined) throw invalid(`Field ${repeated} already exists in schema`)
}

function find(fields: readonly Field[], name: string, purpose: string): Field {
  const field = fields.find((one) => one.name === name)
  if (!field) throw invalid(`The field specified for ${purpose} cannot be found in the schema: ${name}.`)
  return field
}
