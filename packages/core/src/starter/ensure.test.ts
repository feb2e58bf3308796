import { connect } from '@gangway/db/client'
import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import type { StarterContext } from '../context.ts'
import { recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { ensureStarterKit } from './ensure.ts'
import { starterStatus } from './status.ts'

const database = await testDatabase()
const { db, sql } = database

function context(overrides: Partial<StarterContext> = {}): StarterContext {
  return { db, clock: testClock(), ids: seededIds('starter'), log: silentLog(), jobs: recordingJobs(), ...overrides }
}

async function countParts(userId: string) {
  const [counts] = await sql`
    select (select count(*)::int from spaces where owner_id = ${userId}) as spaces,
           (select count(*)::int from notebooks n join spaces s on s.id = n.space_id where s.owner_id = ${userId}) as notebooks,
           (select count(*)::int from documents d join notebooks n on n.id = d.notebook_id join spaces s on s.id = n.space_id
             where s.owner_id = ${userId}) as documents,
           (select count(*)::int from assistants where owner_id = ${userId}) as assistants`
  return counts
}

describe('ensureStarterKit', () => {
  it('makes the space, the notebook, three documents and the assistant', async () => {
    const user = await newUser(db, { name: 'Grace Hopper' })
    await ensureStarterKit(context(), { userId: user.id })

    const kit = await starterStatus(context(), { userId: user.id })
    expect(kit).toMatchObject({
      status: 'ready',
      space: { name: 'Grace Hopper’s space' },
      notebook: { title: 'Getting Started', tags: ['welcome', 'getting-started', 'onboarding'] },
      assistant: { name: 'Personal Assistant', type: 'qa' },
    })
    expect(kit.documents.map(({ title, isSample }) => [title, isSample])).toEqual([
      ['Welcome', true],
      ['Quick Start Guide', true],
      ['Sample FAQ', true],
    ])
    const [made] = await sql`select visibility from notebooks where id = ${kit.notebook?.id ?? ''}`
    expect(made?.['visibility']).toBe('private')
    const [assistant] = await sql`select notebook_id from assistants where id = ${kit.assistant?.id ?? ''}`
    expect(assistant?.['notebook_id']).toBe(kit.notebook?.id)
  })

  it('fifty calls at once leave one of each', async () => {
    const user = await newUser(db)
    const wide = connect({ url: database.urls.app, max: 50, name: 'test-fifty' })
    try {
      await Promise.all(Array.from({ length: 50 }, () => ensureStarterKit(context({ db: wide.db }), { userId: user.id })))
    } finally {
      await wide.close()
    }
    expect(await countParts(user.id)).toEqual({ spaces: 1, notebooks: 1, documents: 3, assistants: 1 })
    expect((await starterStatus(context(), { userId: user.id })).status).toBe('ready')
  })

  it('finishes a kit of which only a part is there, and leaves that part as it is', async () => {
    const user = await newUser(db)
    const [space] = await sql`insert into spaces (owner_id, kind, name) values (${user.id}, 'personal', 'My corner') returning id`
    await sql`insert into notebooks (space_id, starter_key, title) values (${space?.['id']}, 'getting-started', 'Renamed')`
    await ensureStarterKit(context(), { userId: user.id })

    expect(await countParts(user.id)).toEqual({ spaces: 1, notebooks: 1, documents: 3, assistants: 1 })
    const kit = await starterStatus(context(), { userId: user.id })
    expect([kit.space?.name, kit.notebook?.title]).toEqual(['My corner', 'Renamed'])
  })

  it('a kit that fails halfway leaves nothing but its status, and a retry makes all of it', async () => {
    const user = await newUser(db)
    await sql.unsafe(`alter table assistants add constraint test_fails check (owner_id <> '${user.id}')`)
    const log = silentLog()
    await expect(ensureStarterKit(context({ log }), { userId: user.id })).rejects.toThrow('assistants')

    expect(await countParts(user.id)).toEqual({ spaces: 0, notebooks: 0, documents: 0, assistants: 0 })
    const [row] = await sql`select status, attempts, error_id from starter_kits where user_id = ${user.id}`
    expect(row).toMatchObject({ status: 'incomplete', attempts: 1 })
    expect(log.entries.filter(({ level }) => level === 'error').map(({ fields }) => fields.errorId)).toEqual([row?.['error_id']])

    await sql`alter table assistants drop constraint test_fails`
    await ensureStarterKit(context(), { userId: user.id })
    const [after] = await sql`select status, attempts, error_id from starter_kits where user_id = ${user.id}`
    expect(after).toEqual({ status: 'ready', attempts: 2, error_id: null })
  })

  it('knows nobody by an id that no user has', async () => {
    const log = silentLog()
    await expect(ensureStarterKit(context({ log }), { userId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(log.entries).toEqual([])
  })
})
