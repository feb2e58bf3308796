import { PLANS } from '@gangway/schemas/plans'
import { WEB_LINKS } from '@gangway/schemas/links'
import { CENTRAL_DATASET } from '../../bootstrap/index.ts'
import type { ProvisioningContext } from '../../context.ts'
import { inviteMail, welcomeMail } from '../../notifications/index.ts'
import { newInvites } from '../../organizations/index.ts'
import { runSucceeded } from '../../webhooks/events.ts'
import type { Effects } from '../effects.ts'
import type { Owner } from '../owner.ts'
import { paidSubscription, providerOf } from '../paid-subscription.ts'
import type { Run } from '../run-row.ts'
import { created } from './created.ts'
import type { Stage, StageInput } from './stage.ts'

/** For how long the new key can be shown. */
const REVEAL_MS = 2 * 60 * 60 * 1000

/** The warehouse first, by jobs named after the run and its workspace, so that a repeat adds no row; then Postgres, in one transaction. */
export const finalize: Stage = {
  id: 'finalize',
  async run(ctx, input) {
    const { run, owner } = input
    await writeMetaRows(ctx, input)
    const fingerprint = run.keyFingerprint ?? ''
    return {
      kind: 'completed',
      detail: { fingerprint },
      effects: { onboarded: { orgId: created(run).orgId, revealMs: REVEAL_MS }, ...announcements(ctx, run, owner) },
      deferred: { orgSlug: run.slug, apiKeyFingerprint: fingerprint, backendOnboardedAt: ctx.clock.now() },
    }
  },
}

/** The welcome, the invitations of whom the owner has named, and the news for those who subscribe to it. */
export function announcements(ctx: ProvisioningContext, run: Run, owner: Owner): Pick<Effects, 'jobs' | 'invites'> {
  const { webUrl } = ctx.settings
  const { name, email, people } = owner
  const invites = newInvites(ctx, { orgId: created(run).orgId, invitedBy: run.userId, people })
  const welcome = welcomeMail({ name, company: run.companyName, url: webUrl + WEB_LINKS.home() })
  const mails = [
    { dedupeKey: `welcome:${run.id}`, to: email, ...welcome },
    ...invites.map(({ id, email: to, code }) => {
      const mail = inviteMail({ inviter: name, company: run.companyName, code, url: webUrl + WEB_LINKS.invite(code) })
      return { dedupeKey: `invite:${id}`, to, ...mail }
    }),
  ]
  return {
    jobs: [...mails.map((payload) => ({ name: 'notifications.send-mail' as const, payload })), runSucceeded(ctx, run)],
    ...(invites.length > 0 && { invites }),
  }
}

async function writeMetaRows(ctx: ProvisioningContext, { run, owner, checkout }: StageInput): Promise<void> {
  const { limits } = PLANS[run.plan]
  const { orgId, workspace } = created(run)
  // Rows are only ever added, and the newest counts: those of a workspace made anew are newer, whatever the clocks say.
  const at = new Date((run.startedAt ?? run.createdAt).getTime() + run.lastSeq)
  const shared = { org_slug: run.slug, created_at: at }
  const rows = {
    org_profiles: {
      ...shared,
      ...{ org_id: orgId, run_id: run.id, workspace_dataset: workspace },
      ...{ company_name: run.companyName, admin_email: owner.email, status: 'ACTIVE', updated_at: at },
    },
    org_subscriptions: {
      ...shared,
      plan_name: run.plan,
      status: 'ACTIVE',
      daily_limit: limits.runsPerDay,
      monthly_limit: limits.runsPerMonth,
      concurrent_limit: limits.runsAtOnce,
      provider: providerOf(ctx, run),
      provider_subscription_id: await paidSubscription(ctx, run, checkout),
    },
    org_usage_quotas: { ...shared, usage_date: at, pipelines_run: 0, pipelines_succeeded: 0, pipelines_failed: 0 },
  }
  await Promise.all(
    Object.entries(rows).map(([table, row]) =>
      ctx.warehouse.loadRows(CENTRAL_DATASET, table, { jobId: `${run.id}-${workspace}-${table}`, rows: [row] }),
    ),
  )
}
