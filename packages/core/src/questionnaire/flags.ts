import type { Db } from '@gangway/db/client'
import { featureFlags, organizationMembers, subscriptions, users } from '@gangway/db/schema'
import type { Flag } from '@gangway/schemas/flags'
import type { ManifestStep } from '@gangway/schemas/manifest'
import type { PlanId } from '@gangway/schemas/plans'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { desc, eq } from 'drizzle-orm'
import type { BaseContext } from '../context.ts'
import type { Reader } from './manifest-store.ts'
import { bucketOf } from './variants.ts'

/** A flag that is turned is turned everywhere within this time. */
const FRESH_MS = 3000

interface Known {
  flags: readonly Flag[]
  until: number
}
const known = new WeakMap<Db, Known>()

interface FlaggedPerson {
  id: string
  plan: PlanId | null
  role: unknown
  /** In small letters. */
  emailDomain: string
}

/** Whether a flag is on for a person: turned on, meant for them, and rolled out as far as them. */
function isOn({ key, enabled, cohorts, rolloutPercent }: Flag, person: FlaggedPerson): boolean {
  const { plans, roles, emailDomains } = cohorts
  if (!enabled) return false
  if (plans && !plans.some((plan) => plan === person.plan)) return false
  if (roles && !roles.some((role) => role === person.role)) return false
  if (emailDomains && !emailDomains.includes(person.emailDomain)) return false
  return bucketOf(person.id, `flag:${key}`) * 100 < rolloutPercent
}

export function usesFlags(steps: readonly ManifestStep[]): boolean {
  return steps.some(({ flag, fields }) => flag || fields.some((field) => field.flag))
}

/** The steps and questions that are asked of this person. What asks for a flag that does not exist is not asked. */
export async function withoutFlaggedOff(
  ctx: BaseContext,
  steps: readonly ManifestStep[],
  { reader, userId, answers }: { reader: Reader; userId: string; answers: DraftAnswers },
): Promise<ManifestStep[]> {
  const person = await personOf(reader, userId, answers)
  const on = new Set((await flagsOf(ctx, reader)).filter((flag) => isOn(flag, person)).map(({ key }) => key))
  const isAsked = ({ flag }: { flag?: string | undefined }) => !flag || on.has(flag)
  return steps.filter(isAsked).map((step) => ({ ...step, fields: step.fields.filter(isAsked) }))
}

async function flagsOf({ db, clock }: BaseContext, reader: Reader): Promise<readonly Flag[]> {
  const now = clock.now().getTime()
  const cached = known.get(db)
  if (cached && now < cached.until) return cached.flags
  const flags = await reader.select().from(featureFlags)
  known.set(db, { flags, until: now + FRESH_MS })
  return flags
}

async function personOf(reader: Reader, userId: string, answers: DraftAnswers): Promise<FlaggedPerson> {
  const [found] = await reader
    .select({ email: users.email, plan: subscriptions.plan })
    .from(users)
    .leftJoin(organizationMembers, eq(organizationMembers.userId, users.id))
    .leftJoin(subscriptions, eq(subscriptions.orgId, organizationMembers.orgId))
    .where(eq(users.id, userId))
    .orderBy(desc(subscriptions.createdAt))
    .limit(1)
  const email = found?.email ?? ''
  const emailDomain = email.slice(email.lastIndexOf('@') + 1).toLowerCase()
  return { id: userId, plan: found?.plan ?? null, role: answers['work']?.['role'], emailDomain }
}
