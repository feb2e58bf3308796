import type { Plan } from '@gangway/schemas/plans'
import { checkDeclarations } from '../bootstrap/check-declarations.ts'
import type { TableDeclaration } from '../ports/warehouse.ts'
import { COMPREHENSIVE_VIEW } from '../workspace/comprehensive-view.ts'
import { VALIDATION_TABLE } from '../workspace/tables.ts'

export interface WorkspaceDeclaration {
  /** Of the workspace. */
  tables: readonly TableDeclaration[]
  /** Of the central dataset. */
  metaTables: readonly TableDeclaration[]
  viewColumns: readonly { name: string }[]
  plans: readonly Pick<Plan, 'id' | 'limits'>[]
}

const NEEDED_TABLES = [
  'usage_records',
  'cost_records',
  'pipeline_runs',
  'pipeline_step_logs',
  'dq_results',
  VALIDATION_TABLE,
] as const

/** What the comprehensive view is made from. */
const VIEW_READS = {
  tables: { pipeline_runs: ['pipeline_run_id', 'status', 'start_time', 'recorded_at'] },
  metaTables: {
    org_profiles: ['company_name', 'admin_email', 'status', 'updated_at'],
    org_subscriptions: ['plan_name', 'status', 'daily_limit', 'monthly_limit', 'concurrent_limit', 'created_at'],
    org_usage_quotas: ['usage_date', 'pipelines_run_this_month', 'created_at'],
  },
}

/** What is missing or wrong in the declaration of a workspace, one line each, found without asking a warehouse. */
export function checkWorkspaceDeclaration(declaration: WorkspaceDeclaration): string[] {
  const { tables, metaTables, viewColumns, plans } = declaration
  const names = new Set(tables.map((table) => table.name))
  const columns = viewColumns.map((column) => column.name)
  return [
    ...checkDeclarations(tables).map(({ table, fault, name }) => `${table}: ${fault} (${name})`),
    ...NEEDED_TABLES.filter((name) => !names.has(name)).map((name) => `${name} is not declared`),
    ...(names.has(COMPREHENSIVE_VIEW) ? [`${COMPREHENSIVE_VIEW} is a table as well as a view`] : []),
    ...(columns.length === 0 ? [`${COMPREHENSIVE_VIEW} has no columns`] : []),
    ...columns
      .filter((name, index) => columns.indexOf(name) !== index)
      .map((name) => `${COMPREHENSIVE_VIEW} has ${name} more than once`),
    ...unreadable(VIEW_READS.tables, tables),
    ...unreadable(VIEW_READS.metaTables, metaTables),
    ...plans.flatMap(checkLimits),
  ]
}

function unreadable(reads: Record<string, readonly string[]>, tables: readonly TableDeclaration[]): string[] {
  return Object.entries(reads).flatMap(([name, wanted]) => {
    const declared = tables.find((table) => table.name === name)?.columns.map((column) => column.name) ?? []
    return wanted
      .filter((column) => !declared.includes(column))
      .map((column) => `${COMPREHENSIVE_VIEW} reads ${name}.${column}, which is not declared`)
  })
}

function checkLimits({ id, limits }: Pick<Plan, 'id' | 'limits'>): string[] {
  const { runsPerDay, runsPerMonth, runsAtOnce } = limits
  const wrong = Object.entries(limits).filter(([, limit]) => !Number.isSafeInteger(limit) || limit < 1)
  return [
    ...wrong.map(([name, limit]) => `${id}: ${name} is ${limit}`),
    ...(runsPerDay > runsPerMonth ? [`${id}: more runs a day than a month`] : []),
    ...(runsAtOnce > runsPerDay ? [`${id}: more runs at once than a day`] : []),
  ]
}
