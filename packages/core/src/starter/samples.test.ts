import { testDatabase } from '@gangway/db/testing'
import { describe, expect, it } from 'vitest'
import { recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { ensureStarterKit } from './ensure.ts'
import { readDocument } from './read-document.ts'
import { removeSamples } from './remove-samples.ts'
import { restoreSamples } from './restore-samples.ts'
import { retryStarterKit } from './retry.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('samples'), log: silentLog(), jobs: recordingJobs() }

async function newUserWithKit() {
  const { id } = await newUser(db)
  const kit = await retryStarterKit(ctx, { userId: id })
  return { userId: id, documents: kit.documents }
}

describe('sample documents', () => {
  it('go away in one call, stay away when the kit is ensured again, and come back', async () => {
    const { userId, documents } = await newUserWithKit()
    expect((await removeSamples(ctx, { userId })).documents).toEqual([])
    await sql`update starter_kits set status = 'incomplete' where user_id = ${userId}`
    await ensureStarterKit(ctx, { userId })
    expect((await removeSamples(ctx, { userId })).documents).toEqual([])

    expect((await restoreSamples(ctx, { userId })).documents).toEqual(documents)
  })

  it('that were edited are kept', async () => {
    const { userId } = await newUserWithKit()
    await sql`
      update documents set body = 'mine', edited_at = now() where title = 'Welcome' and notebook_id in
        (select n.id from notebooks n join spaces s on s.id = n.space_id where s.owner_id = ${userId})`
    expect((await removeSamples(ctx, { userId })).documents.map(({ title }) => title)).toEqual(['Welcome'])
  })

  it('of somebody else are not touched', async () => {
    const [one, other] = [await newUserWithKit(), await newUserWithKit()]
    await removeSamples(ctx, { userId: one.userId })
    expect((await restoreSamples(ctx, { userId: other.userId })).documents).toHaveLength(3)
    expect((await removeSamples(ctx, { userId: one.userId })).documents).toEqual([])
  })
})

describe('readDocument', () => {
  it('answers the Markdown of one’s own document', async () => {
    const { userId, documents } = await newUserWithKit()
    const bodies = await Promise.all(documents.map(({ id }) => readDocument(ctx, { userId, documentId: id })))
    expect(bodies.map(({ body }) => body.split('\n')[0])).toEqual(['# Welcome to Gangway', '# Quick Start Guide', '# Sample FAQ'])
    for (const { body } of bodies) expect(body.split('\n').length).toBeGreaterThan(35)
  })

  it('does not know a removed document, nor that of somebody else', async () => {
    const [one, other] = [await newUserWithKit(), await newUserWithKit()]
    const documentId = one.documents[0]?.id ?? ''
    await expect(readDocument(ctx, { userId: other.userId, documentId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await removeSamples(ctx, { userId: one.userId })
    await expect(readDocument(ctx, { userId: one.userId, documentId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
