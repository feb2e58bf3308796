import { organizations, slugReservations } from '@gangway/db/schema'
import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { newUser } from '../testing/new-user.ts'
import { newWorld } from '../testing/world.ts'
import { checkSlug } from './check-slug.ts'
import { createCheckout } from './create-checkout.ts'

const database = await testDatabase()
const { db } = database

async function organization(slug: string, status: 'provisioning' | 'abandoned' = 'provisioning'): Promise<string> {
  const runId = crypto.randomUUID()
  await db.insert(organizations).values({ runId, slug, name: 'Acme Corp', status })
  return runId
}

describe('checkSlug', () => {
  it('is free where nobody has it, and where the one who had it was given up', async () => {
    const { ctx } = await newWorld(database)
    await organization('given_up', 'abandoned')
    for (const slug of ['nobodys', 'given_up'])
      expect(await checkSlug(ctx, { slug })).toEqual({ slug, available: true, reason: null })
  })

  it('is taken by an organization, but not from its own run', async () => {
    const { ctx } = await newWorld(database)
    const runId = await organization('taken_one')
    expect(await checkSlug(ctx, { slug: 'taken_one' })).toMatchObject({ reason: 'taken' })
    expect(await checkSlug(ctx, { slug: 'taken_one', runId: crypto.randomUUID() })).toMatchObject({ reason: 'taken' })
    expect(await checkSlug(ctx, { slug: 'taken_one', runId })).toMatchObject({ available: true })
  })

  it('is reserved for whoever may still pay, and for nobody else', async () => {
    const { ctx, user } = await newWorld(database)
    const other = await newUser(db)
    const input = { userId: user.id, email: user.email, slug: 'reserved_one', plan: 'STARTER', companyName: 'Acme Corp' } as const
    await createCheckout(ctx, input)
    expect(await checkSlug(ctx, { slug: 'reserved_one', userId: user.id })).toMatchObject({ available: true })
    expect(await checkSlug(ctx, { slug: 'reserved_one', userId: other.id })).toMatchObject({ reason: 'reserved' })
    await db.update(slugReservations).set({ expiresAt: new Date(0) })
    expect(await checkSlug(ctx, { slug: 'reserved_one', userId: other.id })).toMatchObject({ available: true })
  })

  it('belongs to the organization that has it, also when somebody has reserved it in the meantime', async () => {
    const { ctx, user } = await newWorld(database)
    await createCheckout(ctx, {
      userId: user.id,
      email: user.email,
      slug: 'came_late',
      plan: 'STARTER',
      companyName: 'Acme Corp',
    })
    const runId = await organization('came_late')
    expect(await checkSlug(ctx, { slug: 'came_late', runId })).toMatchObject({ available: true })
  })

  it.each(['ab', 'Acme', '1acme', 'with-hyphen', 'a'.repeat(51)])('is not valid: %s', async (slug) => {
    const { ctx } = await newWorld(database)
    expect(await checkSlug(ctx, { slug })).toMatchObject({ available: false, reason: 'invalid' })
  })
})
