import { organizations } from '@gangway/db/schema'
import { and, asc, eq, gt, sql } from 'drizzle-orm'
import type { ProvisioningContext } from '../context.ts'
import { isOfRealPerson } from '../demo/is-real.ts'
import { classify } from '../errors/index.ts'
import { examineOrganization } from './examine.ts'
import { repairOrganization, type Repair } from './repair.ts'

const BATCH = 100
const AT_ONCE = 4

/** Whoever was made up has nothing in the warehouse. */
const EXAMINED = and(eq(organizations.status, 'onboarded'), isOfRealPerson(organizations.runId))

export interface ExamineAll {
  /** Puts right what can be; otherwise this only looks. */
  repair?: { actorId: string | null }
  /** Stops after the organizations that are under way. */
  signal?: AbortSignal
  onOrganization?: (found: Repair, progress: { done: number; total: number }) => void
}

/** Examines every onboarded organization, and repairs it where that is asked for. One that fails holds up no other. */
export async function examineAll(
  ctx: ProvisioningContext,
  { repair, signal, onOrganization }: ExamineAll = {},
): Promise<{ healthy: number; differing: number; unknown: number }> {
  const counts = { healthy: 0, differing: 0, unknown: 0 }
  const total = await countOnboarded(ctx)
  let done = 0

  async function take(orgId: string): Promise<void> {
    const found = await treat(ctx, orgId, repair)
    if (!found) return
    const { status } = found.examination
    counts[status === 'differs' ? 'differing' : status] += 1
    done += 1
    onOrganization?.(found, { done, total: Math.max(done, total) })
  }

  let after: string | undefined
  while (!signal?.aborted) {
    const batch = await onboardedAfter(ctx, after)
    if (batch.length === 0) break
    after = batch.at(-1)
    const queue = [...batch]
    const works = async () => {
      for (let orgId = queue.shift(); orgId !== undefined && !signal?.aborted; orgId = queue.shift()) await take(orgId)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, works))
  }
  return counts
}

/** Undefined for one that is gone, or no longer onboarded, by the time it is its turn. */
async function treat(ctx: ProvisioningContext, orgId: string, repair: ExamineAll['repair']): Promise<Repair | undefined> {
  try {
    if (repair) return await repairOrganization(ctx, { orgId, ...repair })
    return { repaired: [], examination: await examineOrganization(ctx, { orgId }) }
  } catch (error) {
    if (classify(error).code === 'NOT_FOUND') return undefined
    throw error
  }
}

async function countOnboarded({ db }: ProvisioningContext): Promise<number> {
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(organizations)
    .where(EXAMINED)
  return row?.count ?? 0
}

async function onboardedAfter({ db }: ProvisioningContext, after: string | undefined): Promise<string[]> {
  const rows = await db
    .select({ id: organizations.id })
    .from(organizations)
    .where(and(EXAMINED, after === undefined ? undefined : gt(organizations.id, after)))
    .orderBy(asc(organizations.id))
    .limit(BATCH)
  return rows.map(({ id }) => id)
}
