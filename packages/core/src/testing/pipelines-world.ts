import type { TestDatabase } from '@gangway/db/testing'
import type { PlanId } from '@gangway/schemas/plans'
import { bootstrap } from '../bootstrap/index.ts'
import type { KeysContext, PipelinesContext } from '../context.ts'
import { connectIntegration } from '../integrations/index.ts'
import { requireMember } from '../organizations/index.ts'
import { setUpWorkspace } from '../workspace/index.ts'
import { memoryProviders, memoryVault, memoryWarehouse, recordingJobs, seededIds, silentLog, testClock } from './index.ts'
import { newOrganization } from './organization.ts'

/** An organization with a workspace and OpenAI connected, and everything that its pipelines need, in memory but for Postgres. */
export async function newPipelinesWorld(database: TestDatabase, { plan = 'PROFESSIONAL' }: { plan?: PlanId } = {}) {
  const { db, sql } = database
  const clock = testClock({ start: new Date('2026-03-10T09:30:00Z'), autoUpToMs: 10_000 })
  const warehouse = memoryWarehouse({ clock })
  const providers = memoryProviders()
  const jobs = recordingJobs()
  const ctx = {
    ...{ db, clock, warehouse, providers, jobs, ids: seededIds(crypto.randomUUID()), log: silentLog(), vault: memoryVault() },
    settings: { keyPepper: 'pepper', keyPrefix: 'gw_test_' as const },
  } satisfies PipelinesContext & KeysContext
  await bootstrap(ctx)
  const org = await newOrganization(db, { plan })
  await setUpWorkspace(ctx, { dataset: org.workspace, orgSlug: org.slug, runId: 'run-of-the-test' })
  const who = { userId: org.owner.id, orgId: org.id }
  await connectIntegration(ctx, { ...who, provider: 'openai', key: 'openai-key-for-tests-full' })
  const caller = await requireMember(ctx, who)
  return {
    ...{ ctx, clock, warehouse, providers, jobs, org, who },
    /** What a member starts from the page. */
    start: { caller, orgSlug: org.slug, provider: 'openai' as const, pipeline: 'usage-sync' as const },
    rows: (table: string) => warehouse.readRows(org.workspace, table, { column: 'org_slug', value: org.slug }),
    metaRows: (table: string) => warehouse.readRows('organizations', table, { column: 'org_slug', value: org.slug }),
    reservations: async () =>
      (
        await sql<{ state: string }[]>`select state from quota_reservations where org_id = ${org.id} order by reserved_at, run_id`
      ).map(({ state }) => state),
    /** As if the worker that has the run had died a while ago. */
    expireLease: (runId: string) =>
      sql`update pipeline_runs set lease_expires_at = now() - interval '1 second' where id = ${runId}`,
  }
}
