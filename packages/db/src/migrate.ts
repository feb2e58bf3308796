import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { PgBoss } from 'pg-boss'
import { openSql } from './client.ts'
import { ensureRoles } from './roles.ts'

const MIGRATIONS = fileURLToPath(new URL('migrations', import.meta.url))
/** Any constant will do: everything that migrates this database takes this lock first. */
const MIGRATION_LOCK = 7_226_491

export interface MigrateOptions {
  ownerUrl: string
  rootKey: string
}

/**
 * Brings the roles, the tables and the job queue's schema up to date. Any number of processes may call it at once:
 * an advisory lock puts them in a row.
 */
export async function migrate({ ownerUrl, rootKey }: MigrateOptions): Promise<void> {
  const lock = openSql({ url: ownerUrl, name: 'gangway-migrate-lock' })
  const sql = openSql({ url: ownerUrl, name: 'gangway-migrate' })
  try {
    await lock`select pg_advisory_lock(${MIGRATION_LOCK})`
    await ensureRoles(lock, rootKey)
    await applyMigrations(drizzle(sql), { migrationsFolder: MIGRATIONS })
    await installJobQueue(ownerUrl)
    await lock.unsafe(GRANTS)
  } finally {
    await Promise.all([lock.end(), sql.end()])
  }
}

async function installJobQueue(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({ connectionString: ownerUrl, supervise: false, schedule: false })
  await boss.start()
  await boss.stop({ graceful: false })
}

/** Repeated at every migration, so that tables which are new are covered; what must not change is taken away again. */
const GRANTS = `
  grant select, insert, update, delete on all tables in schema public to gangway_app, gangway_worker;
  grant usage on all sequences in schema public to gangway_app, gangway_worker;
  revoke update, delete on onboarding_stage_events, audit_log from gangway_app, gangway_worker;
  -- Rights on the whole are rights on its parts; on a part alone nobody needs any.
  do $$ declare part regclass; begin
    for part in select inhrelid::regclass from pg_inherits where inhparent = 'onboarding_stage_events'::regclass loop
      execute format('revoke all on %s from gangway_app, gangway_worker', part);
    end loop;
  end $$;
  grant usage on schema pgboss, drizzle to gangway_app, gangway_worker;
  grant select on drizzle.__drizzle_migrations to gangway_app, gangway_worker;
  grant select, insert, update, delete on all tables in schema pgboss to gangway_app, gangway_worker;
  grant execute on all functions in schema pgboss to gangway_app, gangway_worker;
`
