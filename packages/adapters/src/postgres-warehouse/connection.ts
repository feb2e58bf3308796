import { pauseBeforeConnecting } from '@gangway/db/client'
import postgres from 'postgres'

/** https://www.postgresql.org/docs/current/catalog-pg-type.html */
const INT8 = 20
const DATE = 1082

/** Numbers for bigint, and the day itself for a date, which has no time of day to make a Date of. */
const TYPES = {
  int8: { to: INT8, from: [INT8], parse: Number, serialize: String },
  day: { to: DATE, from: [DATE], parse: String, serialize: String },
}

export function openWarehouse(url: string, max: number) {
  return postgres(url, {
    max,
    types: TYPES,
    connect_timeout: 10,
    backoff: pauseBeforeConnecting,
    connection: { application_name: 'gangway-warehouse', statement_timeout: 30_000, TimeZone: 'UTC' },
    onnotice: () => {},
  })
}

export type WarehouseSql = ReturnType<typeof openWarehouse>
