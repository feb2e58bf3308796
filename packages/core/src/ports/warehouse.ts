export type ColumnType = 'STRING' | 'INT64' | 'FLOAT64' | 'NUMERIC' | 'BOOL' | 'TIMESTAMP' | 'DATE' | 'JSON'

export interface ColumnDeclaration {
  name: string
  type: ColumnType
  required?: boolean
}

export interface TableDeclaration {
  name: string
  description: string
  columns: readonly ColumnDeclaration[]
  /** A DATE or TIMESTAMP column; partitions are days. */
  partitionBy?: string
  /** At most four columns. */
  clusterBy: readonly string[]
}

export interface DatasetLabels {
  org: string
  run: string
}

export interface TableState {
  name: string
  state: 'created' | 'present' | 'drifted'
  /** Columns that are missing or of another type. */
  drift: string[]
}

export interface ColumnState {
  name: string
  /** OTHER is a type that no declaration can ask for. */
  type: ColumnType | 'OTHER'
}

export type WarehouseValue = string | number | boolean | null | Date | Record<string, unknown>
export type WarehouseRow = Record<string, WarehouseValue>

export interface LoadJob {
  jobId: string
  rows: readonly WarehouseRow[]
}

export interface RowFilter {
  column: string
  value: string
}

/**
 * Where meta tables and workspaces live. Creations are idempotent for the same labels, and throw DATASET_CONFLICT when
 * the name belongs to somebody else. Rows are append-only.
 */
export interface Warehouse {
  readonly kind: 'postgres' | 'bigquery'
  /** A trivial query, end to end. */
  ping(): Promise<void>
  ensureDataset(name: string, labels: DatasetLabels): Promise<'created' | 'present'>
  /** Creates what is missing, adds missing nullable columns, and reports what it must not change. */
  ensureTable(dataset: string, table: TableDeclaration): Promise<TableState>
  /** The tables and views that a dataset has, with their columns; null when there is no such dataset. */
  describeDataset(name: string): Promise<{ table: string; columns: ColumnState[] }[] | null>
  /** Makes or replaces `tenant_comprehensive_view` of one org's dataset over the central dataset. */
  ensureComprehensiveView(dataset: string, central: string, orgSlug: string): Promise<void>
  /** Appends rows under a job id; a repeat of the id adds nothing. A column that the table does not have is refused with SYSTEM_NOT_READY. */
  loadRows(dataset: string, table: string, job: LoadJob): Promise<void>
  /** Every row of a small table or view that passes the filter. TIMESTAMP comes as Date, DATE as `2026-01-31`, NUMERIC as text. */
  readRows(dataset: string, table: string, filter: RowFilter): Promise<WarehouseRow[]>
  /** Deletes a dataset whose labels name this run; does nothing when it is gone, throws when it is another's. */
  deleteDataset(name: string, labels: DatasetLabels): Promise<void>
}
