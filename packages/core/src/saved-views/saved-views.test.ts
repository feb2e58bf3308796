import { testDatabase } from '@gangway/db/testing'
import { saveViewInputSchema, savedViewSchema } from '@gangway/schemas/saved-views'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { listViews } from './list.ts'
import { removeView } from './remove.ts'
import { saveView } from './save.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('saved-views'), log: silentLog() }

const view = (name: string, fields: { query?: string; shared?: boolean; page?: 'answers' | 'totals' } = {}) =>
  saveViewInputSchema.parse({ page: 'answers', name, query: '?role=data', ...fields })

async function namesFor(actorId: string): Promise<string[]> {
  return (await listViews(ctx, { actorId, page: 'answers' })).map(({ name }) => name)
}

async function ownNames(actorId: string): Promise<string[]> {
  return (await listViews(ctx, { actorId, page: 'answers' })).flatMap(({ own, name }) => (own ? [name] : []))
}

describe('saved views', () => {
  it('are seen by their owner, and by others where they are shared; own ones come first', async () => {
    const ada = await newUser(db, { name: 'Ada' })
    const grace = await newUser(db, { name: 'Grace' })
    await saveView(ctx, { actorId: ada.id, view: view('Data people') })
    const shared = await saveView(ctx, { actorId: ada.id, view: view('All of Acme', { shared: true, query: '?org=acme' }) })
    await saveView(ctx, { actorId: ada.id, view: view('Elsewhere', { page: 'totals', shared: true }) })
    await saveView(ctx, { actorId: grace.id, view: view('Mine') })
    expect(await namesFor(ada.id)).toEqual(['All of Acme', 'Data people'])
    expect(await namesFor(grace.id)).toEqual(['Mine', 'All of Acme'])
    const [, seen] = await listViews(ctx, { actorId: grace.id, page: 'answers' })
    expect(savedViewSchema.parse(seen)).toEqual({ ...shared, own: false, owner: 'Ada' })
  })

  it('are replaced by their name, and written into the audit log', async () => {
    const { id: actorId } = await newUser(db)
    const first = await saveView(ctx, { actorId, view: view('Data people') })
    const second = await saveView(ctx, { actorId, view: view('Data people', { query: '?role=finance' }) })
    expect(second).toMatchObject({ id: first.id, query: '?role=finance' })
    await removeView(ctx, { actorId, id: first.id })
    expect(await ownNames(actorId)).toEqual([])
    const audited = await sql`select action from audit_log where subject_id = ${first.id} order by id`
    expect(audited.map(({ action }) => action)).toEqual(['saved_view.saved', 'saved_view.saved', 'saved_view.removed'])
  })

  it('of others cannot be removed', async () => {
    const ada = await newUser(db)
    const { id } = await saveView(ctx, { actorId: ada.id, view: view('Shared and mine', { shared: true }) })
    const removal = removeView(ctx, { actorId: (await newUser(db)).id, id })
    await expect(removal).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await ownNames(ada.id)).toEqual(['Shared and mine'])
  })

  it('race: of many that are saved at once, fifty are kept; one that is there can still be changed', async () => {
    const { id: actorId } = await newUser(db)
    const saves = Array.from({ length: 60 }, (_, index) => saveView(ctx, { actorId, view: view(`View ${index}`) }))
    const outcomes = await Promise.allSettled(saves)
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50)
    const refusals = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    expect(new Set(refusals)).toEqual(new Set(['SAVED_VIEWS_FULL']))
    const own = await listViews(ctx, { actorId, page: 'answers' })
    const changed = await saveView(ctx, { actorId, view: view(own[0]?.name ?? '', { query: '?role=sales' }) })
    expect(changed.id).toBe(own[0]?.id)
  })

  it('hold the search part of an address and nothing else', () => {
    for (const query of ['https://elsewhere.example', '//elsewhere.example', '?a=1#b', '?a b', 'role=data']) {
      expect(saveViewInputSchema.safeParse({ page: 'answers', name: 'x', query }).success, query).toBe(false)
    }
    expect(saveViewInputSchema.safeParse({ page: 'answers', name: 'x', query: '' }).success).toBe(true)
  })
})
