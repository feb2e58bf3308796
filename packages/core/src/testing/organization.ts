import { randomBytes } from 'node:crypto'
import type { Db } from '@gangway/db/client'
import { organizationMembers, organizations, subscriptions } from '@gangway/db/schema'
import type { MemberRole } from '@gangway/schemas/organizations'
import type { PlanId } from '@gangway/schemas/plans'
import { newUser, type TestUser } from './new-user.ts'

export interface TestOrganization {
  id: string
  slug: string
  /** The dataset's name; nothing is made in a warehouse. */
  workspace: string
  owner: TestUser
  /** Somebody new who belongs to it. */
  join(role: MemberRole): Promise<TestUser>
}

/** An onboarded organization with an owner and a subscription, as the stages leave it. */
export async function newOrganization(db: Db, { plan = 'PROFESSIONAL' }: { plan?: PlanId } = {}): Promise<TestOrganization> {
  const slug = `org_${randomBytes(6).toString('hex')}`
  const workspace = `${slug}_dataset0`
  const owner = await newUser(db)
  const [org] = await db
    .insert(organizations)
    .values({ runId: crypto.randomUUID(), slug, name: 'Acme Corp', status: 'onboarded', workspace })
    .returning({ id: organizations.id })
  if (!org) throw new Error('the organization was not inserted')
  await db
    .insert(subscriptions)
    .values({ orgId: org.id, checkoutSessionId: `cs_${slug}`, plan, status: 'active', provider: 'test' })
  await db.insert(organizationMembers).values({ orgId: org.id, userId: owner.id, role: 'owner' })
  return {
    ...{ id: org.id, slug, workspace, owner },
    async join(role) {
      const user = await newUser(db)
      await db.insert(organizationMembers).values({ orgId: org.id, userId: user.id, role })
      return user
    },
  }
}
