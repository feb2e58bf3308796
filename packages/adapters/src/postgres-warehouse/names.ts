import { GangwayError } from '@gangway/core/errors'

/** 59 characters are the longest that a slug of 50 makes; a schema's name may have 63. */
const DATASET_NAME = /^[a-z][a-z0-9_]{2,61}$/

/** The schema of a dataset. Throws INPUT_INVALID. Postgres keeps `pg_` for itself; no dataset starts with `_`, so nothing collides. */
export function schemaOf(dataset: string): string {
  if (!DATASET_NAME.test(dataset)) throw new GangwayError('INPUT_INVALID', { cause: new Error(`not a dataset: ${dataset}`) })
  return dataset.startsWith('pg_') ? `_${dataset}` : dataset
}

/** `schema.table`, quoted. */
export function tableIn(dataset: string, table: string): string {
  return `${identifier(schemaOf(dataset))}.${identifier(table)}`
}

export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** For statements that take no parameters. Relies on standard_conforming_strings, which is on unless switched off. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
