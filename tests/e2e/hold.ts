import { openSql } from '@gangway/db/client'

/**
 * Makes one organization's second stage stand still, as a slow database would: an uncommitted row has its slug, and the
 * stage's own insert waits for the end of that transaction. Answers how to let go.
 */
export async function holdSlug(slug: string): Promise<() => Promise<void>> {
  const sql = openSql({ url: superuserUrl(), name: 'e2e-hold' })
  await sql`begin`
  await sql`insert into organizations (run_id, slug, name) values (${crypto.randomUUID()}, ${slug}, 'somebody else')`
  return async () => {
    await sql`rollback`
    await sql.end()
  }
}

interface HeldExports {
  /** Comes when one is cancelled, and what it has kept is about to be thrown away. */
  cancelled(): Promise<void>
  letGo(): Promise<void>
}

/** Makes every export stand still before its first line is kept. */
export async function holdExports(): Promise<HeldExports> {
  const sql = openSql({ url: superuserUrl(), name: 'e2e-hold' })
  await sql`begin`
  await sql`lock table export_chunks in share row exclusive mode`
  return {
    async cancelled() {
      const waiting = () => sql`
        select from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from "export_chunks"%'`
      // What is seen of others stays the same in a transaction until it is forgotten.
      while ((await waiting()).length === 0) await sql`select pg_stat_clear_snapshot(), pg_sleep(0.05)`
    },
    async letGo() {
      await sql`rollback`
      await sql.end()
    },
  }
}

/** Somebody else gets the slug for good. */
export async function takeSlug(slug: string): Promise<void> {
  const sql = openSql({ url: superuserUrl(), name: 'e2e-take' })
  await sql`insert into organizations (run_id, slug, name) values (${crypto.randomUUID()}, ${slug}, 'somebody else')`
  await sql.end()
}

/** What a checkout session has brought about. */
export async function tenantOf(checkoutSessionId: string) {
  const sql = openSql({ url: superuserUrl(), name: 'e2e-look' })
  const [counts] = await sql<{ runs: number; organizations: number; keys: number; datasets: number; refunds: number }[]>`
    select (select count(*)::int from onboarding_runs where checkout_session_id = ${checkoutSessionId}) as runs,
           (select count(*)::int from organizations o where o.run_id = r.id and status = 'onboarded') as organizations,
           (select count(*)::int from api_keys k where k.run_id = r.id) as keys,
           (select count(*)::int from pg_namespace n where n.nspname = r.workspace) as datasets,
           (select count(*)::int from sandbox_checkouts c where c.id = r.checkout_session_id and refunded_at is not null) as refunds
    from onboarding_runs r where checkout_session_id = ${checkoutSessionId}`
  await sql.end()
  return counts
}

export const ONE_TENANT = { runs: 1, organizations: 1, keys: 1, datasets: 1, refunds: 0 }

function superuserUrl(): string {
  const url = process.env['E2E_SUPERUSER_URL']
  if (!url) throw new Error('the product was not started')
  return url
}

/** Takes a table of an organization's workspace away, and all its keys. */
export async function damageTenant(slug: string): Promise<void> {
  const sql = openSql({ url: superuserUrl(), name: 'e2e-damage' })
  const [organization] = await sql<{ id: string; workspace: string }[]>`
    select id, workspace from organizations where slug = ${slug} and status = 'onboarded'`
  await sql`drop table ${sql(organization?.workspace ?? '')}.dq_results`
  await sql`update api_keys set revoked_at = now() where org_id = ${organization?.id ?? ''}`
  await sql.end()
}
