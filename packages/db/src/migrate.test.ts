import { describe, expect, inject, it } from 'vitest'
import { openSql } from './client.ts'
import { migrate } from './migrate.ts'
import { testDatabase } from './testing/database.ts'

const database = await testDatabase()

/** Everything that the migrations made, as lines that read well in a review; without partitions, whose names are those of months. */
async function dump(): Promise<string> {
  const columns = await database.sql<{ line: string }[]>`
    select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`
  const constraints = await database.sql<{ line: string }[]>`
    select format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) as line
    from pg_constraint k join pg_class c on c.oid = conrelid
    where connamespace = 'public'::regnamespace and contype <> 'n' and not relispartition order by 1`
  const indexes = await database.sql<
    { line: string }[]
  >`select pg_get_indexdef(i.indexrelid) as line from pg_index i join pg_class c on c.oid = i.indrelid
    where c.relnamespace = 'public'::regnamespace and not c.relispartition order by 1`
  const functions = await database.sql<{ line: string }[]>`
    select pg_get_functiondef(oid) as line from pg_proc where pronamespace = 'public'::regnamespace order by 1`
  const rights = await database.sql<{ line: string }[]>`
    select format('%s on %s: %s', grantee, table_name, string_agg(privilege_type, ', ' order by privilege_type)) as line
    from information_schema.role_table_grants join pg_class c on c.oid = to_regclass(table_name) and not relispartition
    where table_schema = 'public' and grantee like 'gangway_%' and grantee <> 'gangway_owner'
    group by grantee, table_name order by 1`
  const part = (title: string, rows: { line: string }[]) => `-- ${title}\n${rows.map((row) => row.line.trim()).join('\n')}\n`
  return [
    part('columns', columns),
    part('constraints', constraints),
    part('indexes', indexes),
    part('functions', functions),
    part('rights', rights),
  ].join('\n')
}

describe('migrate', () => {
  it('makes the schema that is checked in', async () => {
    await expect(await dump()).toMatchFileSnapshot('migrations/schema.sql.snap')
  })

  it('can be called by several processes at once, on an empty database', async () => {
    const name = `empty_${crypto.randomUUID().slice(0, 8)}`
    const at = (url: string, path: string) => Object.assign(new URL(url), { pathname: `/${path}` }).toString()
    const admin = openSql({ url: at(inject('superuserUrl'), 'postgres'), name: 'migrate-test' })
    await admin.unsafe(`create database ${name} owner gangway_owner`)
    try {
      const options = { ownerUrl: at(inject('ownerUrl'), name), rootKey: database.rootKey }
      await Promise.all(Array.from({ length: 4 }, () => migrate(options)))
      const sql = openSql({ url: options.ownerUrl, name: 'migrate-look' })
      const [applied] =
        await sql`select count(*)::int as count, count(distinct hash)::int as distinct from drizzle.__drizzle_migrations`
      await sql.end()
      expect(applied?.['count']).toBe(applied?.['distinct'])
    } finally {
      await admin.unsafe(`drop database ${name} with (force)`)
      await admin.end()
    }
  })
})
