import { bootstrapStatus } from '@gangway/core/bootstrap'
import { classify } from '@gangway/core/errors'
import { countRuns, readAlerts, type RunCounts } from '@gangway/core/provisioning'
import { type MigrationState, migrationState } from '@gangway/db/migration-state'
import type { BootstrapStatus } from '@gangway/schemas/bootstrap'
import type { Alert } from '@gangway/schemas/runs'
import type { Session } from '../session.ts'
import { type DatabaseState, readDatabase } from './database.ts'
import { type QueueState, readQueue } from './queue.ts'

type Warehouse = Pick<BootstrapStatus, 'tables_expected' | 'tables_present'> & {
  /** UNREACHABLE where the warehouse did not answer. */
  status: BootstrapStatus['status'] | 'UNREACHABLE'
}

export interface Status {
  ok: boolean
  /** One line each; none when all is well. */
  problems: string[]
  database: Pick<DatabaseState, 'version' | 'size_bytes'>
  migrations: MigrationState
  bootstrap: Warehouse
  /** Processes that take jobs and sweep. */
  workers: number
  queue: QueueState
  runs: RunCounts
  pending_syncs: { pending: number; failed: number }
  alerts: Alert[]
}

/** Asks everything that an installation is made of. Throws only when the database does not answer. */
export async function readStatus({ contexts, ownerUrl }: Session): Promise<Status> {
  const { base, bootstrap: warehouse } = contexts
  const [{ workers, ...database }, migrations, bootstrap, queue, runs, alerts] = await Promise.all([
    readDatabase(base),
    migrationState(ownerUrl),
    bootstrapStatus(warehouse, { maxAgeMs: 0 }).catch(unreachable),
    readQueue(base),
    countRuns(base),
    readAlerts(base),
  ])
  const valueOf = (kind: Alert['kind']) => alerts.find((alert) => alert.kind === kind)?.value ?? 0
  const pending_syncs = { pending: valueOf('pending_syncs'), failed: valueOf('failed_syncs') }
  const read = { database, migrations, bootstrap, workers, queue, runs, pending_syncs, alerts }
  const problems = problemsOf(read)
  return { ok: problems.length === 0, problems, ...read }
}

function unreachable(error: unknown): Warehouse & { reason: string } {
  return { status: 'UNREACHABLE', tables_expected: 0, tables_present: 0, reason: classify(error).message }
}

function problemsOf({ migrations, bootstrap, workers, runs, alerts }: Omit<Status, 'ok' | 'problems'>): string[] {
  return [
    ...(migrations.applied < migrations.known ? ['The database is older than this version: restart the product.'] : []),
    ...(bootstrap.status === 'SYNCED' ? [] : [`The warehouse is ${bootstrap.status}: run gangway bootstrap.`]),
    ...(workers === 0 ? ['No worker runs: nothing is taken up. Start the product.'] : []),
    ...(runs.stuck > 0 ? [`${runs.stuck} failed runs need somebody: gangway runs list --state failed.`] : []),
    ...alerts
      .filter(({ raised }) => raised)
      .map(({ kind, value, threshold }) => `${kind} is ${Math.round(value)}, above ${threshold}.`),
  ]
}
