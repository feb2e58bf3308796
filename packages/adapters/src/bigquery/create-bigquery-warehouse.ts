import { CENTRAL_DATASET } from '@gangway/core/bootstrap'
import type { Warehouse } from '@gangway/core/ports'
import { COMPREHENSIVE_VIEW } from '@gangway/core/workspace'
import { createAccessLists } from './access-list.ts'
import { isNotFound } from './api-error.ts'
import { ensureView } from './comprehensive-view.ts'
import { type BigQueryWarehouseOptions, connect } from './connection.ts'
import { deleteDataset, ensureDataset } from './datasets.ts'
import { datasetId, placeName } from './names.ts'
import { loadRows, readRows } from './rows.ts'
import { describeDataset, ensureTable } from './tables.ts'

/**
 * Workspaces and meta tables in BigQuery. Connects at the first call, with Google's default credentials; waits nowhere but
 * for a job and for its turn to change metadata. Throws the SDK's errors, a JobError, or WAREHOUSE_UNAVAILABLE for what was
 * created too recently to be found.
 */
export function createBigQueryWarehouse(options: BigQueryWarehouseOptions): Warehouse {
  const connection = connect(options)
  const { client, location, justCreated, answer } = connection
  const accessLists = createAccessLists(connection)

  async function shutOut(dataset: string): Promise<void> {
    try {
      await accessLists.shutOut(CENTRAL_DATASET, dataset)
    } catch (error) {
      // Without a central dataset, nothing has been let in.
      if (!isNotFound(error)) throw error
    }
  }

  return {
    kind: 'bigquery',
    async ping() {
      await answer(client.query({ query: 'SELECT 1', location }))
    },
    ensureDataset: (name, labels) => ensureDataset(connection, name, labels),
    ensureTable: (dataset, table) => justCreated.tolerate([dataset], () => ensureTable(connection, dataset, table)),
    describeDataset: (name) => describeDataset(connection, name),
    async ensureComprehensiveView(dataset, central, orgSlug) {
      const view = { dataset, table: COMPREHENSIVE_VIEW }
      const sources = ['org_profiles', 'org_subscriptions', 'org_usage_quotas'].map((table) => ({ dataset: central, table }))
      const names = [dataset, central, ...[view, { dataset, table: 'pipeline_runs' }, ...sources].map(placeName)]
      await justCreated.tolerate(names, async () => {
        await ensureView(connection, { dataset, central: datasetId(central), orgSlug })
        await accessLists.letIn(central, view)
      })
    },
    loadRows: (dataset, table, job) =>
      justCreated.tolerate([`${dataset}.${table}`], () => loadRows(connection, { dataset, table }, job)),
    readRows: (dataset, table, filter) =>
      justCreated.tolerate([`${dataset}.${table}`], () => readRows(connection, { dataset, table }, filter)),
    deleteDataset: (name, labels) => deleteDataset(connection, { name, labels, before: shutOut }),
  }
}
