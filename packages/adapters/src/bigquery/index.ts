export type { BigQueryWarehouseOptions } from './connection.ts'
export { createBigQueryWarehouse } from './create-bigquery-warehouse.ts'
