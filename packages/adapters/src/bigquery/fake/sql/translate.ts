import type { Catalog } from '../catalog.ts'
import { assertMayRead, type Reader } from '../access.ts'
import { invalidQuery } from '../refusal.ts'
import type { Parameter } from '../resources.ts'
import { DATE_PARTS, FUNCTIONS } from './functions.ts'
import { identifier, literal } from './quote.ts'
import { type Token, tokens } from './tokens.ts'
import { KEYWORDS, RESERVED } from './words.ts'

export interface Query {
  text: string
  parameters?: readonly Parameter[]
  /** Who asks; may read everything where nobody is named. */
  reader?: Reader | undefined
}

export interface PostgresQuery {
  text: string
  values: string[]
}

/** https://www.postgresql.org/docs/current/datatype.html */
const PARAMETER_TYPES = { STRING: 'text', INT64: 'bigint' } as const

/** A SELECT in GoogleSQL as one for Postgres. Refuses every word, function and sign that it does not know. */
export function translateQuery(catalog: Catalog, query: Query): PostgresQuery {
  const all = tokens(query.text)
  const first = all[0]?.value.toUpperCase()
  if (first !== 'SELECT' && first !== 'WITH') throw invalidQuery('Syntax error: Expected a query that begins with SELECT or WITH')
  const values: string[] = []
  const words = all.map((token, index) => {
    const place = { token, before: all[index - 1], after: all[index + 1] }
    if (token.kind === 'path') return table(catalog, query, place)
    if (token.kind === 'parameter') return parameter(query, token, values)
    return token.kind === 'word' ? word(place) : token.kind === 'text' ? literal(unescaped(token.value)) : token.value
  })
  return { text: words.join(' '), values }
}

interface Place {
  token: Token
  before: Token | undefined
  after: Token | undefined
}

function word({ token: { value }, before, after }: Place): string {
  const upper = value.toUpperCase()
  // A field of something, or the name that follows AS, is no keyword.
  if (before?.value === '.') return identifier(value)
  // Postgres would put what is empty first.
  if (upper === 'DESC') return 'desc nulls last'
  if (KEYWORDS.has(upper)) return value
  if (RESERVED.has(upper)) throw invalidQuery(`Syntax error: Unexpected keyword ${upper}`)
  if (after?.value === '(') {
    const known = FUNCTIONS[upper]
    if (known === undefined) throw invalidQuery(`Function not found: ${value}`)
    return known
  }
  if (DATE_PARTS.includes(upper) && before?.value === ',' && after?.value === ')') return literal(upper)
  return identifier(value)
}

function parameter({ parameters = [] }: Query, { value: name }: Token, values: string[]): string {
  const found = parameters.find((one) => one.name === name)
  if (!found) throw invalidQuery(`Query parameter '${name}' not found`)
  values.push(found.parameterValue.value)
  return `$${values.length}::${PARAMETER_TYPES[found.parameterType.type]}`
}

/** A table is read where it lies; a view is read in the place of its name, with the rights of the view. */
function table(catalog: Catalog, { reader }: Query, { token, before, after }: Place): string {
  if (before?.value.toUpperCase() !== 'FROM' && before?.value.toUpperCase() !== 'JOIN') return identifier(token.value)
  const [project, datasetId, tableId, more] = token.value.split('.')
  if (project !== catalog.projectId || datasetId === undefined || tableId === undefined || more !== undefined)
    throw invalidQuery(`Table "${token.value}" must be qualified with a project and a dataset`)
  const dataset = catalog.dataset(datasetId)
  const found = catalog.table(datasetId, tableId)
  assertMayRead(catalog, { dataset, table: tableId, reader })
  const alias = after?.value.toUpperCase() === 'AS' ? '' : ` as ${identifier(tableId)}`
  const { view } = found.metadata
  if (!view) return `${identifier(dataset.schema)}.${identifier(tableId)}${alias}`
  const inner = translateQuery(catalog, { text: view.query, reader: reader && { ...reader, view: { datasetId, tableId } } })
  return `(${inner.text})${alias}`
}

/** https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#escape_sequences, those that text in one line needs. */
function unescaped(text: string): string {
  return text.replaceAll(/\\(.)/g, '$1')
}
