import { integrationCredentials, keyReveals, type SealedSecret, webhookEndpoints } from '@gangway/db/schema'
import type { Db } from '@gangway/db/client'
import type { Tx } from '@gangway/db/transaction'
import { and, asc, gt, isNotNull, ne, sql, type SQL, type SQLWrapper } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import { z } from 'zod'

/** A column that holds sealed secrets. */
interface SealedSource {
  /** For people, in the plural. */
  name: string
  table: PgTable
  /** A uuid. */
  id: PgColumn
  sealed: PgColumn
  /** What a secret was sealed with. */
  associatedData: SQLWrapper
}

/** An organization's id, or the word that stands for the operators' own. */
const endpointOwner = sql`coalesce(${webhookEndpoints.orgId}::text, 'operators')`

/** Every place of the database where a sealed secret lies. What is not listed here is lost with the key that wrapped it. */
export const SEALED_SOURCES: readonly SealedSource[] = [
  {
    name: 'keys to be revealed',
    ...{ table: keyReveals, id: keyReveals.apiKeyId, sealed: keyReveals.sealed, associatedData: keyReveals.orgId },
  },
  {
    name: 'integration credentials',
    ...{ table: integrationCredentials, id: integrationCredentials.id, sealed: integrationCredentials.sealed },
    associatedData: integrationCredentials.orgId,
  },
  {
    name: 'webhook secrets',
    ...{ table: webhookEndpoints, id: webhookEndpoints.id, sealed: webhookEndpoints.sealed, associatedData: endpointOwner },
  },
  {
    name: 'previous webhook secrets',
    ...{
      table: webhookEndpoints,
      id: webhookEndpoints.id,
      sealed: webhookEndpoints.previousSealed,
      associatedData: endpointOwner,
    },
  },
]

const sealedSchema: z.ZodType<SealedSecret> = z.object({
  ...{ keyId: z.string(), wrappedDataKey: z.string(), iv: z.string(), ciphertext: z.string(), tag: z.string() },
})

const dueSchema = z.object({ id: z.string(), sealed: sealedSchema, associatedData: z.string() })
export type DueSecret = z.output<typeof dueSchema>

/** How many secrets of a source another key than `keyId` has wrapped. */
export async function countDue(db: Db, source: SealedSource, keyId: string): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(source.table)
    .where(isDue(source, keyId))
  return row?.count ?? 0
}

/** The next of them in the order of their ids. */
export async function listDue(
  db: Db,
  source: SealedSource,
  page: { keyId: string; after: string; limit: number },
): Promise<DueSecret[]> {
  const { table, id, sealed, associatedData } = source
  const rows = await db
    .select({ id, sealed, associatedData: sql<string>`${associatedData}::text` })
    .from(table)
    .where(and(isDue(source, page.keyId), gt(id, page.after)))
    .orderBy(asc(id))
    .limit(page.limit)
  return dueSchema.array().parse(rows)
}

/** Answers false when the secret has been changed or deleted since it was read: then it stays as it is now. */
export async function replace(
  tx: Tx,
  source: SealedSource,
  secret: { id: string; before: SealedSecret; after: SealedSecret },
): Promise<boolean> {
  const { table, id, sealed } = source
  const json = (value: SealedSecret) => sql`${JSON.stringify(value)}::jsonb`
  const written = await tx.execute(sql`
    update ${table} set ${sql.identifier(sealed.name)} = ${json(secret.after)}
    where ${id} = ${secret.id} and ${sealed} = ${json(secret.before)} returning 1`)
  return written.length > 0
}

function isDue({ sealed }: SealedSource, keyId: string): SQL | undefined {
  return and(isNotNull(sealed), ne(sql`${sealed} ->> 'keyId'`, keyId))
}
