export { createPostgresWarehouse, type PostgresWarehouse, type PostgresWarehouseOptions } from './postgres-warehouse.ts'
