import type api from '@google-cloud/bigquery/build/src/types.js'
import { z } from 'zod'

/** Holds each field to a name, and a type, that the API's own description knows. */
type Fields<T> = { [Name in keyof T]?: z.ZodType<T[Name]> }

/** https://cloud.google.com/bigquery/docs/labels-intro#requirements */
const labelKey = z.string().regex(/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u)
const labelValue = z.string().regex(/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u)
const labels = z.record(labelKey, labelValue).refine((all) => Object.keys(all).length <= 64)

const datasetId = z.string().regex(/^[A-Za-z0-9_]{1,1024}$/)
const tableId = z.string().regex(/^[\p{L}\p{M}\p{N}\p{Pc}\p{Pd}\p{Zs}]{1,1024}$/u)
const name = z.string().min(1)

const datasetReferenceSchema = z.strictObject({
  datasetId,
  projectId: name.optional(),
} satisfies Fields<api.default.IDatasetReference>)

const tableReferenceSchema = z.strictObject({
  datasetId,
  projectId: name,
  tableId,
} satisfies Fields<api.default.ITableReference>)

type AccessEntry = NonNullable<api.default.IDataset['access']>[number]

const accessSchema = z
  .strictObject({
    role: name.optional(),
    userByEmail: z.email().optional(),
    groupByEmail: z.email().optional(),
    domain: name.optional(),
    specialGroup: z.enum(['projectOwners', 'projectReaders', 'projectWriters', 'allAuthenticatedUsers']).optional(),
    iamMember: name.optional(),
    view: tableReferenceSchema.optional(),
  } satisfies Fields<AccessEntry>)
  .refine(({ role, view, ...grantees }) => {
    const granted = Object.values(grantees).filter((grantee) => grantee !== undefined).length
    return view ? granted === 0 && role === undefined : granted === 1 && role !== undefined
  }, 'An access entry has a role and one grantee, or a view and no role.')
export type Access = z.output<typeof accessSchema>

const datasetFields = {
  access: z.array(accessSchema).optional(),
  description: z.string().max(16_384).optional(),
  friendlyName: z.string().optional(),
  labels: labels.optional(),
} satisfies Fields<api.default.IDataset>

export const newDatasetSchema = z.strictObject({
  ...datasetFields,
  datasetReference: datasetReferenceSchema,
  location: z.enum(['US', 'EU', 'europe-west3', 'us-central1']).optional(),
} satisfies Fields<api.default.IDataset>)

export const datasetPatchSchema = z.strictObject({
  ...datasetFields,
  etag: z.string().optional(),
} satisfies Fields<api.default.IDataset>)

const TYPES = ['STRING', 'INTEGER', 'FLOAT', 'NUMERIC', 'BOOLEAN', 'TIMESTAMP', 'DATE', 'JSON', 'BYTES', 'DATETIME'] as const
export type FieldType = (typeof TYPES)[number]
/** The API takes the names of GoogleSQL and answers with the old ones. */
const OLD_NAMES: Record<string, string> = { INT64: 'INTEGER', FLOAT64: 'FLOAT', BOOL: 'BOOLEAN' }

const fieldSchema = z.strictObject({
  /** https://cloud.google.com/bigquery/docs/schemas#column_names */
  name: z.string().regex(/^(?!_TABLE_|_FILE_|_PARTITION|_ROW_TIMESTAMP|__ROOT__|_COLIDENTIFIER)[\p{L}_][\p{L}\p{N}_]{0,299}$/iu),
  type: z
    .string()
    .transform((type) => OLD_NAMES[type] ?? type)
    .pipe(z.enum(TYPES)),
  mode: z.enum(['NULLABLE', 'REQUIRED', 'REPEATED']).default('NULLABLE'),
  description: z.string().optional(),
} satisfies Fields<api.default.ITableFieldSchema>)
export type Field = z.output<typeof fieldSchema>

const tableFields = {
  description: z.string().max(16_384).optional(),
  labels: labels.optional(),
  schema: z
    .strictObject({ fields: z.array(fieldSchema).min(1).max(10_000) } satisfies Fields<api.default.ITableSchema>)
    .optional(),
  view: z.strictObject({ query: name, useLegacySql: z.literal(false) } satisfies Fields<api.default.IViewDefinition>).optional(),
}

export const newTableSchema = z.strictObject({
  ...tableFields,
  tableReference: tableReferenceSchema,
  timePartitioning: z
    .strictObject({
      type: z.enum(['DAY', 'HOUR', 'MONTH', 'YEAR']),
      field: name.optional(),
    } satisfies Fields<api.default.ITimePartitioning>)
    .optional(),
  clustering: z.strictObject({ fields: z.array(name).min(1).max(4) } satisfies Fields<api.default.IClustering>).optional(),
} satisfies Fields<api.default.ITable>)
export type NewTable = z.output<typeof newTableSchema>

export const tablePatchSchema = z.strictObject({
  ...tableFields,
  etag: z.string().optional(),
} satisfies Fields<api.default.ITable>)

/** https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobReference */
const jobReferenceSchema = z.strictObject({
  jobId: z.string().regex(/^[A-Za-z0-9_-]{1,1024}$/),
  projectId: name,
  location: name.optional(),
} satisfies Fields<api.default.IJobReference>)

export const loadJobSchema = z.strictObject({
  jobReference: jobReferenceSchema,
  configuration: z.strictObject({
    labels: labels.optional(),
    load: z.strictObject({
      destinationTable: tableReferenceSchema,
      sourceFormat: z.literal('NEWLINE_DELIMITED_JSON'),
      createDisposition: z.literal('CREATE_NEVER'),
      writeDisposition: z.literal('WRITE_APPEND'),
      ignoreUnknownValues: z.literal(false).optional(),
      maxBadRecords: z.literal(0).optional(),
    } satisfies Fields<api.default.IJobConfigurationLoad>),
  } satisfies Fields<api.default.IJobConfiguration>),
} satisfies Fields<api.default.IJob>)

const parameterSchema = z.strictObject({
  name,
  parameterType: z.strictObject({ type: z.enum(['STRING', 'INT64']) } satisfies Fields<api.default.IQueryParameterType>),
  parameterValue: z.strictObject({ value: z.string() } satisfies Fields<api.default.IQueryParameterValue>),
} satisfies Fields<api.default.IQueryParameter>)
export type Parameter = z.output<typeof parameterSchema>

const queryFields = {
  query: name,
  useLegacySql: z.literal(false),
  parameterMode: z.literal('NAMED').or(z.literal('named')).optional(),
  queryParameters: z.array(parameterSchema).default([]),
}

export const queryRequestSchema = z.strictObject({
  ...queryFields,
  location: name.optional(),
  labels: labels.optional(),
  requestId: z.string().max(36),
  maxResults: z.number().int().positive().optional(),
  timeoutMs: z.number().int().optional(),
  formatOptions: z
    .strictObject({ useInt64Timestamp: z.literal(true) } satisfies Fields<api.default.IDataFormatOptions>)
    .optional(),
} satisfies Fields<api.default.IQueryRequest>)

export const queryJobSchema = z.strictObject({
  jobReference: jobReferenceSchema,
  configuration: z.strictObject({
    query: z.strictObject(queryFields satisfies Fields<api.default.IJobConfigurationQuery>),
    labels: labels.optional(),
  } satisfies Fields<api.default.IJobConfiguration>),
} satisfies Fields<api.default.IJob>)

export const insertAllSchema = z.strictObject({
  rows: z
    .array(z.strictObject({ insertId: z.string().optional(), json: z.record(z.string(), z.unknown()) }))
    .min(1)
    .max(50_000),
} satisfies Fields<api.default.ITableDataInsertAllRequest>)
