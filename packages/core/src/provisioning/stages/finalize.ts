import { apiKeys, onboardingSessions, organizations, users } from '@gangway/db/schema'
import { PLANS } from '@gangway/schemas/plans'
import { invitesAnswersSchema } from '@gangway/schemas/questionnaire'
import { WEB_LINKS } from '@gangway/schemas/links'
import { desc, eq } from 'drizzle-orm'
import { CENTRAL_DATASET } from '../../bootstrap/index.ts'
import type { ProvisioningContext } from '../../context.ts'
import { welcomeMail } from '../../notifications/index.ts'
import type { Effect } from '../effects.ts'
import type { Run } from '../journal.ts'
import { created } from './created.ts'
import type { Stage } from './stage.ts'

/** For how long the new key can be shown. */
export const REVEAL_MS = 2 * 60 * 60 * 1000

/** The warehouse first, by jobs named after the run, so that a repeat adds no row; then Postgres, in one transaction. */
export const finalize: Stage = {
  id: 'finalize',
  async run(ctx, { run }) {
    const { orgId } = created(run)
    const owner = await readOwner(ctx, run)
    await writeMetaRows(ctx, run, owner)
    const mail = welcomeMail({ name: owner.name, company: run.companyName, url: ctx.settings.webUrl + WEB_LINKS.home() })
    return {
      kind: 'completed',
      detail: { fingerprint: owner.fingerprint },
      effects: [
        { kind: 'mark_onboarded', orgId, revealMs: REVEAL_MS },
        {
          kind: 'enqueue',
          job: 'notifications.send-mail',
          payload: { dedupeKey: `welcome:${run.id}`, to: owner.email, ...mail },
        },
        ...inviteEffects(run, owner),
      ],
    }
  },
}

interface Owner {
  name: string
  email: string
  fingerprint: string
  createdAt: Date
  invites: { email: string; role: 'member' | 'admin' }[]
}

async function readOwner(ctx: ProvisioningContext, run: Run): Promise<Owner> {
  const [user] = await ctx.db
    .select({ name: users.name, email: users.email, fingerprint: apiKeys.fingerprint, createdAt: organizations.createdAt })
    .from(users)
    .innerJoin(apiKeys, eq(apiKeys.runId, run.id))
    .innerJoin(organizations, eq(organizations.runId, run.id))
    .where(eq(users.id, run.userId))
  if (!user) throw new Error(`run ${run.id} has no key after generate_api_key`)
  const [session] = await ctx.db
    .select({ answers: onboardingSessions.answers, completedSteps: onboardingSessions.completedSteps })
    .from(onboardingSessions)
    .where(eq(onboardingSessions.userId, run.userId))
    .orderBy(desc(onboardingSessions.startedAt))
    .limit(1)
  // Addresses in a step that was skipped, or is still being filled in, are nobody's invitation yet.
  const answered = session?.completedSteps.includes('invites') ? session.answers.invites : {}
  return { ...user, invites: invitesAnswersSchema.safeParse(answered).data?.invites ?? [] }
}

async function writeMetaRows(ctx: ProvisioningContext, run: Run, owner: Owner): Promise<void> {
  const { limits } = PLANS[run.plan]
  const { orgId, workspace } = created(run)
  const at = owner.createdAt
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
    },
    org_usage_quotas: { ...shared, usage_date: at, pipelines_run: 0, pipelines_succeeded: 0, pipelines_failed: 0 },
  }
  await Promise.all(
    Object.entries(rows).map(([table, row]) =>
      ctx.warehouse.loadRows(CENTRAL_DATASET, table, { jobId: `${run.id}-${table}`, rows: [row] }),
    ),
  )
}

function inviteEffects(run: Run, owner: Owner): Effect[] {
  if (owner.invites.length === 0) return []
  const { orgId } = created(run)
  return [{ kind: 'invite', orgId, invitedBy: run.userId, people: owner.invites, inviter: owner.name, company: run.companyName }]
}
