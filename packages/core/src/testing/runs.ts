import type { TestDatabase } from '@gangway/db/testing'
import { withPoints } from './points.ts'
import type { newWorld } from './world.ts'
import { fulfil } from '../provisioning/index.ts'

type World = Awaited<ReturnType<typeof newWorld>>
type Context = World['ctx']

/** A process in which every `times` the point is reached it fails for good. */
export function brokenAt(ctx: Context, point: string, times = 1): Context {
  let left = times
  return withPoints(ctx, (reached) => {
    if (reached === point && left-- > 0) throw new Error(`broken: ${point}`)
  })
}

/** A process that is gone when it reaches the point: nothing that it does from then on has any effect. */
export function dyingAt(ctx: Context, point: string): Context {
  let dead = false
  return withPoints(ctx, (reached) => {
    dead ||= reached === point
    if (dead) throw new Error('the process is dead')
  })
}

/** A run that has failed for good at a point, and what it is known by. */
export async function failedRun(
  world: World,
  point: string,
  slug?: string,
): Promise<{ checkoutSessionId: string; runId: string; actorId: string }> {
  const checkoutSessionId = await world.paidCheckout(slug)
  const { run, settled } = await fulfil(brokenAt(world.ctx, point), { checkoutSessionId })
  await settled
  return { checkoutSessionId, runId: run.id, actorId: world.user.id }
}

/** What there is of a run, in words and numbers. */
export function looksAt({ sql }: TestDatabase) {
  return {
    async run(runId: string) {
      const [row] = await sql`select * from onboarding_runs where id = ${runId}`
      return row
    },
    /** `stage status`, in order; throws where the numbers have a gap. */
    async journal(runId: string): Promise<string[]> {
      const rows = await sql<{ seq: number; stage: string; status: string }[]>`
        select seq, stage, status from onboarding_stage_events where run_id = ${runId} order by seq`
      const gap = rows.findIndex(({ seq }, index) => seq !== index + 1)
      if (gap >= 0) throw new Error(`the journal has a gap at ${gap + 1}`)
      return rows.map(({ stage, status }) => `${stage} ${status}`)
    },
    async tenant(runId: string) {
      const [counts] = await sql`
        select
          (select count(*)::int from organizations where run_id = ${runId} and status = 'onboarded') as onboarded,
          (select count(*)::int from organizations where run_id = ${runId} and status = 'abandoned') as abandoned,
          (select count(*)::int from subscriptions s join onboarding_runs r using (checkout_session_id)
            where r.id = ${runId} and s.status = 'active') as subscriptions,
          (select count(*)::int from api_keys where run_id = ${runId} and revoked_at is null) as keys,
          (select count(*)::int from onboarding_locks l join onboarding_runs r using (checkout_session_id) where r.id = ${runId}) as locks`
      return counts
    },
    audits: (runId: string) => sql`select action, actor_id, detail from audit_log where subject_id = ${runId} order by at, id`,
    expireLock: (runId: string) => sql`
      update onboarding_locks l set expires_at = now() - interval '1 second'
      from onboarding_runs r where r.id = ${runId} and l.checkout_session_id = r.checkout_session_id`,
  }
}
