import type { Finding } from '@gangway/schemas/doctor'
import type { PlannedResource } from '@gangway/schemas/dry-run'
import { CENTRAL_DATASET, tableDrift } from '../bootstrap/index.ts'
import { COMPREHENSIVE_VIEW_COLUMNS, WORKSPACE_TABLES } from '../workspace/index.ts'
import { expectedMetaRow, type MetaRowTable, newestRow } from './meta-rows.ts'
import type { Scope } from './scope.ts'

type Problem = Pick<Finding, 'problem' | 'repairable'>
type Check = (scope: Scope, resource: PlannedResource) => Problem[] | Promise<Problem[]>

const MISSING: Problem = { problem: 'is missing', repairable: true }
const FINE: Problem[] = []

/** One for each kind of resource that a plan can hold: a new kind does not compile without one. */
export const CHECKS: Record<PlannedResource['kind'], Check> = {
  // It was found by what is examined: there is nothing left to look at.
  organization: () => FINE,
  membership: ({ tenant: { owner, run } }) => (owner ? FINE : [{ ...MISSING, repairable: run !== undefined }]),
  subscription: ({ tenant: { subscription, run } }) => (subscription ? FINE : [{ ...MISSING, repairable: run !== undefined }]),
  async dataset(scope) {
    return (await scope.workspace()) ? FINE : [{ ...MISSING, repairable: scope.tenant.run !== undefined }]
  },
  async table(scope, { name }) {
    const workspace = await scope.workspace()
    const declared = WORKSPACE_TABLES.find((table) => name.endsWith(`.${table.name}`))
    // A missing dataset is one finding, not one for each of its tables.
    if (!workspace || !declared) return FINE
    const columns = workspace.get(declared.name)
    if (!columns) return [MISSING]
    const { addable, refused } = tableDrift(declared, columns)
    return [
      ...addable.map((column) => ({ problem: `${column.name} is missing`, repairable: true })),
      ...refused.map((problem) => ({ problem, repairable: false })),
    ]
  },
  async view(scope, { name }) {
    const workspace = await scope.workspace()
    if (!workspace) return FINE
    const columns = workspace.get(name.slice(name.lastIndexOf('.') + 1))
    if (!columns) return [MISSING]
    const found = new Map(columns.map((column) => [column.name, column.type]))
    return COMPREHENSIVE_VIEW_COLUMNS.filter((column) => found.get(column.name) !== column.type).map((column) => ({
      problem: `${column.name} is ${found.get(column.name) ?? 'missing'}, declared ${column.type}`,
      repairable: true,
    }))
  },
  api_key: ({ tenant: { hasLiveKey, owner } }) =>
    hasLiveKey ? FINE : [{ problem: 'is missing, or works no more', repairable: owner !== undefined }],
  // Its time is over two hours after the run.
  reveal: () => FINE,
  async meta_row(scope, { name }) {
    const table = metaRowTable(name)
    if (!table) return FINE
    const newest = newestRow(await scope.metaRows(table), table)
    if (!newest) return [MISSING]
    return Object.entries(expectedMetaRow(scope.tenant, table))
      .filter(([column, value]) => newest[column] !== value)
      .map(([column, value]) => ({
        problem: `${column} is ${String(newest[column])}, should be ${String(value)}`,
        repairable: true,
      }))
  },
}

/** Of a resource that the plan names `organizations.org_profiles (acme)`. */
export function metaRowTable(name: string): MetaRowTable | undefined {
  const tables: readonly MetaRowTable[] = ['org_profiles', 'org_subscriptions', 'org_usage_quotas']
  return tables.find((table) => name.startsWith(`${CENTRAL_DATASET}.${table} `))
}
