import { testDatabase } from '@gangway/db/testing'
import type { ManifestContent, ManifestStep } from '@gangway/schemas/manifest'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { beforeEach, describe, expect, it } from 'vitest'
import { recordingJobs, seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { complete } from './complete.ts'
import { listExperiments } from './experiments.ts'
import { saveFlag } from './flag-list.ts'
import { getOrCreateSession } from './get-or-create-session.ts'
import { createDraft, discardDraft, saveDraft } from './manifest-drafts.ts'
import { manifestForUser } from './manifest-for-user.ts'
import { answerLabels, getDraft, getVersion, listManifests } from './manifest-list.ts'
import { publishManifest, rollBackManifest } from './publish-manifest.ts'
import { recordExposure } from './record-exposure.ts'
import { save } from './save.ts'

const { db, sql } = await testDatabase()
const clock = testClock()
const ctx = { db, clock, ids: seededIds('publish'), log: silentLog(), jobs: recordingJobs() }
const { id: actorId } = await newUser(db, { name: 'Staff' })
const { version: _version, ...BUILT_IN } = BUILT_IN_MANIFEST
const [PROFILE, WORK] = BUILT_IN.steps
if (!PROFILE || !WORK) throw new Error('the built-in manifest has no steps')

const BILLING: ManifestStep = {
  ...{ id: 'billing', kind: 'questions', title: { en: 'Your billing' }, question: { en: 'Who pays?' }, required: true },
  fields: [
    { name: 'vatId', type: 'text', label: { en: 'VAT id' }, required: true },
    { name: 'seats', type: 'number', label: { en: 'Seats' }, required: false, showIf: { field: 'work.role', equals: 'founder' } },
  ],
}
const SHORT: ManifestContent = { ...BUILT_IN, name: 'Short', steps: [PROFILE, WORK, BILLING] }

// What is published is known for good by its version: each test begins with versions that no other has used.
let version = 100
beforeEach(async () => {
  version += 100
  await sql`truncate step_manifests, feature_flags`
  const content = sql.json({ languages: BUILT_IN.languages, steps: BUILT_IN.steps })
  await sql`
    insert into step_manifests (version, name, manifest, based_on, published_at)
    values (${version}, 'Built-in', ${content}, 1, now())`
  await clock.advance(10_000)
})

async function publish(content: ManifestContent): Promise<number> {
  const { current } = await listManifests(ctx)
  const draft = await createDraft(ctx, { version: current, actorId })
  const { id, revision } = await saveDraft(ctx, { id: draft.id ?? '', revision: draft.revision, content, actorId })
  const { version } = await publishManifest(ctx, { id: id ?? '', revision, current, note: 'because', actorId })
  return version
}

async function answer(userId: string, answers: Record<string, Record<string, string>>) {
  let { revision } = await getOrCreateSession(ctx, { userId })
  for (const [step, patch] of Object.entries(answers)) {
    const mutationId = crypto.randomUUID()
    ;({ revision } = await save(ctx, { userId, revision, step, patch, mutationId, advance: 'complete' }))
  }
  return revision
}

const ANSWERS = { profile: { fullName: 'Ada', companyName: 'Acme' }, work: { role: 'founder', timezone: 'UTC' } }

describe('publishing', () => {
  it('is for new sessions: those in flight finish what they began', async () => {
    const [ada, grace] = [await newUser(db), await newUser(db)]
    await getOrCreateSession(ctx, { userId: ada.id })
    const version = await publish(SHORT)
    expect((await manifestForUser(ctx, { userId: ada.id })).steps.map(({ id }) => id)).toContain('workspace')
    const asked = await manifestForUser(ctx, { userId: grace.id })
    expect([asked.version, asked.steps.map(({ id }) => id)]).toEqual([version, ['profile', 'work', 'billing']])

    const revision = await answer(grace.id, { ...ANSWERS, billing: { vatId: ' DE1 ', seats: '12' } })
    const done = await complete(ctx, { userId: grace.id, revision, mutationId: crypto.randomUUID() })
    expect(done).toMatchObject({ status: 'completed', manifestVersion: version, completedSteps: ['profile', 'work', 'billing'] })
    const [row] = await sql`select submitted from onboarding_sessions where id = ${done.id}`
    expect(row?.['submitted']).toEqual({ ...ANSWERS, billing: { vatId: 'DE1', seats: 12 } })
    await expect(
      save(ctx, { userId: ada.id, revision: 0, step: 'billing', patch: { vatId: 'x' }, mutationId: crypto.randomUUID() }),
    ).rejects.toMatchObject({ code: 'INPUT_INVALID' })
  })

  it('an answer of a branch that was left is kept in the draft, and not submitted', async () => {
    await publish(SHORT)
    const { id: userId } = await newUser(db)
    await answer(userId, { ...ANSWERS, billing: { vatId: 'DE1', seats: '12' } })
    const revision = await answer(userId, { work: { role: 'data' } })
    const done = await complete(ctx, { userId, revision, mutationId: crypto.randomUUID() })
    expect(done.answers['billing']).toEqual({ vatId: 'DE1', seats: '12' })
    const [row] = await sql`select submitted from onboarding_sessions where id = ${done.id}`
    expect(row?.['submitted'].billing).toEqual({ vatId: 'DE1' })
  })

  it('refuses what cannot work, and says where', async () => {
    const broken = { ...SHORT, steps: [PROFILE, { ...BILLING, showIf: { field: 'work.role', equals: 'data' } }] }
    await expect(publish(broken)).rejects.toMatchObject({
      code: 'MANIFEST_INVALID',
      details: {
        problems: expect.arrayContaining([
          { path: ['steps', 1, 'showIf'], message: 'No earlier question is called "work.role".' },
        ]),
      },
    })
  })

  it('race: of two who publish at once, one is told that it was overtaken', async () => {
    const { current } = await listManifests(ctx)
    const drafts = await Promise.all([1, 2, 3].map(() => createDraft(ctx, { version: current, actorId })))
    const outcomes = await Promise.allSettled(
      drafts.map(({ id, revision }) => publishManifest(ctx, { id: id ?? '', revision, current, note: 'mine', actorId })),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') expect(outcome.reason.code).toBe('MANIFEST_CHANGED')
    expect((await listManifests(ctx)).current).toBe(current + 1)
  })

  it('a roll-back publishes an older version again, as a new one', async () => {
    const { current: before } = await listManifests(ctx)
    const version = await publish(SHORT)
    const back = await rollBackManifest(ctx, { version: before, current: version, note: 'too short', actorId })
    expect(back.version).toBe(version + 1)
    const { content, ...detail } = await getVersion(ctx, back)
    expect(content).toEqual((await getVersion(ctx, { version: before })).content)
    expect(detail).toMatchObject({ basedOn: before, note: 'too short' })
    await expect(rollBackManifest(ctx, { version: before, current: version, note: 'again', actorId })).rejects.toMatchObject({
      code: 'MANIFEST_CHANGED',
    })
    const actions =
      await sql`select action from audit_log where subject_id in (${String(version)}, ${String(back.version)}) order by at, id`
    expect(actions.map(({ action }) => action)).toEqual(['manifest.published', 'manifest.rolled_back'])
  })
})

describe('drafts', () => {
  it('race: who saves on an older revision is told so, and loses nothing of the other', async () => {
    const { id, revision } = await createDraft(ctx, { version: 1, actorId })
    const edit = (name: string) => saveDraft(ctx, { id: id ?? '', revision, content: { ...BUILT_IN, name }, actorId })
    const outcomes = await Promise.allSettled([edit('Mine'), edit('Yours')])
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await getDraft(ctx, { id: id ?? '' })).revision).toBe(revision + 1)
  })

  it('may be unfinished, and can be thrown away; what is published cannot', async () => {
    const draft = await createDraft(ctx, { version: 1, actorId })
    const content = { ...BUILT_IN, steps: [{ ...BILLING, title: { en: '' }, fields: [] }] }
    const saved = await saveDraft(ctx, { id: draft.id ?? '', revision: draft.revision, content, actorId })
    expect(saved.content).toEqual(content)
    await discardDraft(ctx, { id: draft.id ?? '', actorId })
    await expect(getDraft(ctx, { id: draft.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { id } = await getVersion(ctx, { version: await publish(SHORT) })
    await expect(discardDraft(ctx, { id: id ?? '', actorId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('answers keep their names when the question is gone', async () => {
    await publish(SHORT)
    await publish({ ...BUILT_IN, name: 'Without billing' })
    const labels = await answerLabels(ctx)
    expect(labels.find(({ id }) => id === 'billing')?.fields[0]?.label).toBe('VAT id')
  })
})

describe('variants', () => {
  const shorter: ManifestContent = {
    ...{ ...BUILT_IN, name: 'Shorter' },
    variants: [
      { id: 'control', weight: 1 },
      { id: 'short', weight: 1, steps: SHORT.steps },
    ],
  }

  it('a session stays in its variant, and counts from the first step that is viewed', async () => {
    const version = await publish(shorter)
    const people = await Promise.all(Array.from({ length: 12 }, () => newUser(db)))
    for (const { id: userId } of people) {
      const { variant } = await getOrCreateSession(ctx, { userId })
      const { steps } = await manifestForUser(ctx, { userId })
      expect(steps.some(({ id }) => id === 'billing')).toBe(variant === 'short')
      await recordExposure(ctx, { userId, step: 'profile' })
      await recordExposure(ctx, { userId, step: 'work' })
    }
    await publish({ ...shorter, variants: [] })
    const [experiment] = await listExperiments(ctx)
    expect(experiment).toMatchObject({ version, isCurrent: false })
    expect(experiment?.variants.reduce((sum, { exposed }) => sum + exposed, 0)).toBe(12)
    const seen = await sql`select distinct step from exposures where manifest_version = ${version}`
    expect([...seen]).toEqual([{ step: 'profile' }])
  })
})

describe('flags', () => {
  const FLAG = { key: 'vat', description: '', enabled: true, rolloutPercent: 100, cohorts: {} }
  const flagged: ManifestContent = {
    ...{ ...SHORT, name: 'Flagged' },
    steps: [PROFILE, WORK, { ...BILLING, required: false, fields: BILLING.fields.map((field) => ({ ...field, flag: 'vat' })) }],
  }
  const asked = async (userId: string) =>
    (await manifestForUser(ctx, { userId })).steps.flatMap(({ fields }) => fields.map(({ name }) => name))
  async function turn(change: Partial<typeof FLAG> & { cohorts?: object }) {
    await saveFlag(ctx, { ...FLAG, ...change, actorId })
    await clock.advance(3000)
  }

  it('turning one off hides the question, keeps what was typed, and submits nothing of it', async () => {
    await turn({})
    await publish(flagged)
    const { id: userId } = await newUser(db)
    expect(await asked(userId)).toContain('vatId')
    await answer(userId, { ...ANSWERS, billing: { vatId: 'DE1' } })
    await turn({ enabled: false })
    expect(await asked(userId)).not.toContain('vatId')
    // Typed before the page had heard of it.
    const { revision } = await getOrCreateSession(ctx, { userId })
    const kept = await save(ctx, { userId, revision, step: 'billing', patch: { vatId: 'DE2' }, mutationId: crypto.randomUUID() })
    expect(kept.answers['billing']).toEqual({ vatId: 'DE2' })
    const done = await complete(ctx, { userId, revision: kept.revision, mutationId: crypto.randomUUID() })
    expect(done.answers['billing']).toEqual({ vatId: 'DE2' })
    const [row] = await sql`select submitted from onboarding_sessions where id = ${done.id}`
    expect(row?.['submitted']).toEqual(ANSWERS)
  })

  it('one that is not there is off', async () => {
    await publish(flagged)
    const { id } = await newUser(db)
    expect(await asked(id)).not.toContain('vatId')
  })

  it('is meant for a role, an address, a plan', async () => {
    await publish(flagged)
    const { id: userId } = await newUser(db, { email: `ada.${crypto.randomUUID()}@Acme.example` })
    await answer(userId, ANSWERS)
    const isAsked = async (cohorts: object) => {
      await turn({ cohorts })
      return (await asked(userId)).includes('vatId')
    }
    expect(await isAsked({ roles: ['founder'] })).toBe(true)
    expect(await isAsked({ roles: ['data'] })).toBe(false)
    expect(await isAsked({ emailDomains: ['acme.example'], roles: ['founder'] })).toBe(true)
    expect(await isAsked({ emailDomains: ['other.example'] })).toBe(false)
    expect(await isAsked({ plans: ['SCALE'] })).toBe(false)
    const [org] =
      await sql`insert into organizations (run_id, slug, name) values (gen_random_uuid(), 'flags_acme', 'Acme') returning id`
    await sql`insert into organization_members (org_id, user_id, role) values (${org?.['id']}, ${userId}, 'owner')`
    await sql`insert into subscriptions (org_id, checkout_session_id, plan, status, provider) values (${org?.['id']}, 'cs_flags', 'SCALE', 'active', 'sandbox')`
    expect(await isAsked({ plans: ['SCALE'] })).toBe(true)
  })

  it('is rolled out to a share of people, who stay in it as it grows', async () => {
    await publish(flagged)
    const people = await Promise.all(Array.from({ length: 40 }, () => newUser(db)))
    const reached = async (rolloutPercent: number) => {
      await turn({ rolloutPercent })
      const names = await Promise.all(people.map(({ id }) => asked(id)))
      return people.filter((_, index) => names[index]?.includes('vatId')).map(({ id }) => id)
    }
    const [none, some, more, all] = [await reached(0), await reached(30), await reached(70), await reached(100)]
    expect([none.length, all.length]).toEqual([0, 40])
    expect(some.length).toBeGreaterThan(2)
    expect(more.length).toBeGreaterThan(some.length)
    expect(some.filter((id) => !more.includes(id))).toEqual([])
  })

  it('a required question that is turned on later sends nobody back who has left its step', async () => {
    const late: ManifestContent = {
      ...{ ...SHORT, name: 'Late' },
      steps: [
        PROFILE,
        { ...WORK, fields: [...WORK.fields, { name: 'late', type: 'text', label: { en: 'Late' }, required: true, flag: 'vat' }] },
      ],
    }
    await publish(late)
    const { id: userId } = await newUser(db)
    const revision = await answer(userId, ANSWERS)
    await turn({})
    expect(await asked(userId)).toContain('late')
    expect((await complete(ctx, { userId, revision, mutationId: crypto.randomUUID() })).status).toBe('completed')
  })
})
