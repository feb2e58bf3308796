import { organizationMembers, subscriptions } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import type { Finding } from '@gangway/schemas/doctor'
import { CENTRAL_DATASET } from '../bootstrap/index.ts'
import type { ProvisioningContext } from '../context.ts'
import { recreateWorkspace } from '../provisioning/recreate-workspace.ts'
import { checksum } from '../questionnaire/canonical.ts'
import { ensureStarterKit } from '../starter/index.ts'
import { WORKSPACE_TABLES } from '../workspace/index.ts'
import { metaRowTable } from './checks.ts'
import { newestRow, newMetaRow } from './meta-rows.ts'
import { makeKey } from './new-key.ts'
import type { Tenant } from './tenant.ts'

type Remedy = (ctx: ProvisioningContext, tenant: Tenant, finding: Finding) => Promise<void>

/** What puts a finding right. Each can be repeated, and be under way twice at once. */
export const REMEDIES: Record<Finding['kind'], Remedy> = {
  async organization() {},
  async membership(ctx, { org, run }) {
    if (!run) return
    const { userId } = run
    await inTransaction(ctx.db, (tx) =>
      tx
        .insert(organizationMembers)
        .values({ orgId: org.id, userId, role: 'owner' })
        .onConflictDoUpdate({
          target: [organizationMembers.orgId, organizationMembers.userId],
          set: { role: 'owner' },
        }),
    )
  },
  async subscription(ctx, { org, run }) {
    if (!run) return
    const { checkoutSessionId, plan, origin } = run
    const provider = origin === 'operator' ? 'operator' : ctx.billing.provider
    await inTransaction(ctx.db, (tx) =>
      tx
        .insert(subscriptions)
        .values({ orgId: org.id, checkoutSessionId, plan, provider, status: 'active' })
        // As a run does: its checkout's subscription can still be that of an organization which it gave up.
        .onConflictDoUpdate({ target: subscriptions.checkoutSessionId, set: { orgId: org.id, status: 'active' } }),
    )
  },
  // Under a new name: rows can vanish from a dataset that is made again.
  async dataset(ctx, { org }) {
    await recreateWorkspace(ctx, { tenantId: org.slug })
  },
  async table(ctx, { org }, { name }) {
    const declared = WORKSPACE_TABLES.find((table) => name.endsWith(`.${table.name}`))
    if (org.workspace !== null && declared) await ctx.warehouse.ensureTable(org.workspace, declared)
  },
  async view(ctx, { org }) {
    if (org.workspace !== null) await ctx.warehouse.ensureComprehensiveView(org.workspace, CENTRAL_DATASET, org.slug)
  },
  async api_key(ctx, { org, owner }) {
    if (owner) await makeKey(ctx, { orgId: org.id, ownerId: owner.userId })
  },
  async reveal() {},
  async meta_row(ctx, tenant, { name }) {
    const table = metaRowTable(name)
    if (!table) return
    const found = await ctx.warehouse.readRows(CENTRAL_DATASET, table, { column: 'org_slug', value: tenant.org.slug })
    const newest = newestRow(found, table)
    const at = ctx.clock.now()
    const row = newMetaRow(tenant, table, at)
    // The same for two repairs of one state on one day, so that they add one row.
    const state = checksum({ day: at.toISOString().slice(0, 10), found: found.length, newest: newest ?? null })
    const jobId = `doctor-${tenant.org.id}-${table}-${state}`
    await ctx.warehouse.loadRows(CENTRAL_DATASET, table, { jobId, rows: [row] })
  },
  async starter_kit(ctx, { withoutKit }, { name }) {
    const person = withoutKit.find(({ email }) => email === name)
    if (person) await ensureStarterKit(ctx, { userId: person.userId })
  },
}

/** Tables before the view that reads them, and a key only once there is an owner to show it to. */
export const REMEDY_ORDER: readonly Finding['kind'][] = [
  'organization',
  'membership',
  'subscription',
  'dataset',
  'table',
  'view',
  'meta_row',
  'api_key',
  'reveal',
  'starter_kit',
]
