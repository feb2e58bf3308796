import { describe, expect, it } from 'vitest'
import type { TableDeclaration } from '../ports/warehouse.ts'
import { WORKSPACE_TABLES } from '../workspace/tables.ts'
import { checkDeclarations, DECLARATION_FAULTS } from './check-declarations.ts'
import { nullable, ORG_SLUG, required } from './columns.ts'
import { META_TABLES } from './meta-tables.ts'

const table: TableDeclaration = {
  name: 'things',
  description: 'Things.',
  columns: [ORG_SLUG, required('at', 'TIMESTAMP'), nullable('detail', 'JSON'), nullable('a'), nullable('b'), nullable('c')],
  partitionBy: 'at',
  clusterBy: ['org_slug', 'a'],
}

const faulty: Record<(typeof DECLARATION_FAULTS)[number], TableDeclaration[]> = {
  name_invalid: [{ ...table, name: 'Things; drop' }],
  name_reserved: [{ ...table, columns: [...table.columns, nullable('_PARTITIONTIME', 'TIMESTAMP')] }],
  table_repeated: [table, table],
  column_repeated: [{ ...table, columns: [...table.columns, nullable('a')] }],
  no_org_slug: [{ ...table, columns: table.columns.slice(1) }],
  partition_not_a_column: [{ ...table, partitionBy: 'created_at' }],
  partition_not_a_day: [{ ...table, partitionBy: 'a' }],
  too_many_clustering_columns: [{ ...table, clusterBy: ['org_slug', 'a', 'b', 'c', 'at'] }],
  clustering_not_a_column: [{ ...table, clusterBy: ['org_slug', 'd'] }],
  clustering_type: [{ ...table, clusterBy: ['org_slug', 'detail'] }],
  clustering_not_by_org: [{ ...table, clusterBy: ['a', 'org_slug'] }],
}

/** As the specification lists them. */
const PARTITIONS = {
  org_profiles: undefined,
  org_api_keys: 'created_at',
  org_subscriptions: 'created_at',
  org_usage_quotas: 'usage_date',
  org_integration_credentials: undefined,
  org_pipeline_configs: undefined,
  org_scheduled_pipeline_runs: 'scheduled_time',
  org_pipeline_execution_queue: 'scheduled_time',
  org_meta_pipeline_runs: 'start_time',
  org_meta_step_logs: 'start_time',
  org_meta_dq_results: 'ingestion_date',
  org_audit_logs: 'created_at',
  org_cost_tracking: 'usage_date',
  org_kms_keys: undefined,
  org_idempotency_keys: 'created_at',
  org_members: undefined,
  org_invites: 'created_at',
  org_onboarding_runs: 'started_at',
  org_onboarding_stage_events: 'at',
  org_onboarding_answers: 'completed_at',
  org_funnel_events: 'at',
}

describe('checkDeclarations', () => {
  it('finds nothing wrong with the meta tables and with the tables of a workspace', () => {
    expect(checkDeclarations(META_TABLES)).toEqual([])
    expect(checkDeclarations(WORKSPACE_TABLES)).toEqual([])
  })

  it.each(DECLARATION_FAULTS)('finds %s', (fault) => {
    const faults = checkDeclarations(faulty[fault]).map((problem) => problem.fault)
    expect(faults).toContain(fault)
  })

  it('accepts the table that the faulty ones were made from', () => {
    expect(checkDeclarations([table])).toEqual([])
  })

  it('the 21 meta tables are partitioned as they should be', () => {
    expect(Object.fromEntries(META_TABLES.map(({ name, partitionBy }) => [name, partitionBy]))).toEqual(PARTITIONS)
  })
})
