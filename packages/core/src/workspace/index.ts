export {
  COMPREHENSIVE_VIEW,
  COMPREHENSIVE_VIEW_COLUMNS,
  NEAR_LIMIT_PERCENT,
  QUOTA_STATUSES,
  type QuotaStatus,
} from './comprehensive-view.ts'
export { hasCustomerRows } from './customer-rows.ts'
export { datasetName } from './dataset-name.ts'
export { removeWorkspace } from './remove-workspace.ts'
export { setUpWorkspace, type Workspace, type WorkspaceSetup } from './set-up-workspace.ts'
export { VALIDATION_TABLE, WORKSPACE_TABLES } from './tables.ts'
