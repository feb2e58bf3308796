import type { Db } from './client.ts'

/** Writers take a `Tx`; only `inTransaction` makes one. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export function inTransaction<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction(work)
}

/** For several reads that have to tell of the same moment. */
export function inSnapshot<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction(work, { isolationLevel: 'repeatable read', accessMode: 'read only' })
}

/** For what is written because of several reads that have to tell of the same moment. */
export function inRepeatableRead<Result>(db: Db, work: (tx: Tx) => Promise<Result>): Promise<Result> {
  return db.transaction(work, { isolationLevel: 'repeatable read' })
}

/** The SQLSTATE of a failed statement, at whatever depth drivers have wrapped it. https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function sqlState(error: unknown): string | undefined {
  const found = postgresError(error)
  return found?.code
}

/** True for 23505, and for one constraint or unique index only when it is named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const found = postgresError(error)
  return found?.code === '23505' && (constraint === undefined || found.constraint === constraint)
}

function postgresError(error: unknown): { code: string; constraint: string | undefined } | undefined {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (current.name === 'PostgresError' && 'code' in current && typeof current.code === 'string') {
      const constraint = 'constraint_name' in current ? current.constraint_name : undefined
      return { code: current.code, constraint: typeof constraint === 'string' ? constraint : undefined }
    }
  }
  return undefined
}
