import { testDatabase } from '@gangway/db/testing'
import type { SaveInput } from '@gangway/schemas/onboarding'
import { describe, expect, it } from 'vitest'
import { seededIds, silentLog, testClock } from '../testing/index.ts'
import { newUser } from '../testing/new-user.ts'
import { checksum } from './canonical.ts'
import { getOrCreateSession } from './get-or-create-session.ts'
import { save } from './save.ts'

const { db, sql } = await testDatabase()
const ctx = { db, clock: testClock(), ids: seededIds('save'), log: silentLog() }

async function openSession() {
  const { id: userId } = await newUser(db)
  await getOrCreateSession(ctx, { userId })
  return {
    userId,
    read: () => getOrCreateSession(ctx, { userId }),
    save: (input: Partial<SaveInput>) =>
      save(ctx, { userId, revision: 0, step: 'profile', patch: {}, mutationId: crypto.randomUUID(), ...input }),
  }
}

const PROFILE = { fullName: 'Ada Lovelace', companyName: 'Analytical Engines' }

describe('save', () => {
  it('stores the patch under a new revision and checksum', async () => {
    const mine = await openSession()
    const saved = await mine.save({ patch: PROFILE })
    expect(saved).toMatchObject({ revision: 1, answers: { profile: PROFILE }, checksum: checksum({ profile: PROFILE }) })
    expect(await mine.read()).toEqual(saved)
  })

  it('takes a field away for null', async () => {
    const mine = await openSession()
    await mine.save({ patch: PROFILE })
    expect((await mine.save({ revision: 1, patch: { fullName: null } })).answers).toEqual({
      profile: { companyName: 'Analytical Engines' },
    })
  })

  it('a repeat of a mutation has no second effect and is answered as the first was', async () => {
    const mine = await openSession()
    const mutationId = crypto.randomUUID()
    const first = await mine.save({ patch: PROFILE, mutationId, advance: 'complete' })
    expect(await mine.save({ patch: PROFILE, mutationId, advance: 'complete' })).toEqual(first)

    await mine.save({ revision: 1, patch: { fullName: null, jobTitle: 'Analyst' } })
    await mine.save({ revision: 2, step: 'tools', patch: { tools: ['dbt'] }, advance: 'skip' })
    const last = await mine.read()
    expect(await mine.save({ patch: PROFILE, mutationId, advance: 'complete' })).toEqual(first)
    expect(await mine.read()).toEqual(last)
  })

  it('race: one mutation sent many times at once is saved once, and all are answered alike', async () => {
    // The window between two reads is small: many rounds meet it.
    for (let round = 0; round < 20; round++) {
      const mine = await openSession()
      const mutationId = crypto.randomUUID()
      const answers = await Promise.all(Array.from({ length: 8 }, () => mine.save({ patch: PROFILE, mutationId })))
      expect(answers.map(({ revision }) => revision)).toEqual(Array.from({ length: 8 }, () => 1))
    }
  })

  it('race: of two different saves on one revision at once, one is taken and the other told', async () => {
    const mine = await openSession()
    const results = await Promise.allSettled([
      mine.save({ patch: { fullName: 'Ada' } }),
      mine.save({ patch: { fullName: 'Grace' } }),
    ])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({
      code: 'REVISION_CONFLICT',
      details: { session: { revision: 1 }, conflicts: [{ field: 'fullName' }] },
    })
  })

  it('a mutation of somebody else is refused', async () => {
    const [mine, other] = [await openSession(), await openSession()]
    const mutationId = crypto.randomUUID()
    await other.save({ patch: PROFILE, mutationId })
    await expect(mine.save({ patch: PROFILE, mutationId })).rejects.toMatchObject({ code: 'INPUT_INVALID' })
    expect((await mine.read()).revision).toBe(0)
  })

  it('fields that the step does not have are refused by name', async () => {
    const mine = await openSession()
    await expect(mine.save({ patch: { fullName: 'Ada', shoeSize: '38' } })).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      details: { step: 'profile', fields: ['shoeSize'] },
    })
    expect((await mine.read()).revision).toBe(0)
  })

  it('what was typed in the session of somebody else, in the same browser, is not stored', async () => {
    const [mine, other] = [await openSession(), await openSession()]
    const { id: sessionId } = await other.read()
    await expect(mine.save({ patch: PROFILE, sessionId })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect((await mine.read()).revision).toBe(0)
    expect((await other.save({ patch: PROFILE, sessionId })).answers).toEqual({ profile: PROFILE })
  })

  it('race: saves of many people at once, each several times, are stored once each', async () => {
    const people = await Promise.all(Array.from({ length: 24 }, () => openSession()))
    for (const revision of [0, 1, 2]) {
      const calls = people.flatMap((mine) => {
        const mutationId = crypto.randomUUID()
        const patch = { jobTitle: `title ${revision}` }
        return [mine.save({ revision, patch, mutationId }), mine.save({ revision, patch, mutationId })]
      })
      for (const answer of await Promise.all(calls)) expect(answer.revision).toBe(revision + 1)
    }
    const ledger = await sql`
      select count(*)::int as saves from onboarding_saves join onboarding_sessions s on s.id = session_id
      where s.user_id = any(${people.map(({ userId }) => userId)}) group by session_id`
    expect(ledger.map(({ saves }) => saves)).toEqual(people.map(() => 3))
  })

  it.each(['\u0000', 'half an emoji: \uD83D'])(
    'a text that Postgres cannot keep, %j, holds up no save but its own',
    async (text) => {
      const people = await Promise.all(Array.from({ length: 6 }, openSession))
      const [mine, ...others] = people
      const results = await Promise.allSettled([
        mine?.save({ patch: { fullName: text } }),
        ...others.map((other) => other.save({ patch: PROFILE })),
      ])
      expect(results.map(({ status }) => status)).toEqual(['rejected', ...others.map(() => 'fulfilled')])
      expect(results[0]).toMatchObject({ reason: { name: 'PostgresError', code: expect.stringMatching(/^22/) } })
      expect(await mine?.save({ patch: PROFILE })).toMatchObject({ revision: 1, answers: { profile: PROFILE } })
    },
  )

  it('race: a save waits for whoever has the session locked, and nobody else waits with it', async () => {
    const [held, other] = [await openSession(), await openSession()]
    const locked = sql.begin(async (tx) => {
      await tx`select from onboarding_sessions where user_id = ${held.userId} for update`
      const waiting = held.save({ patch: { fullName: 'Ada' } })
      expect((await other.save({ patch: { fullName: 'Grace' } })).revision).toBe(1)
      return { waiting }
    })
    expect((await (await locked).waiting).answers).toEqual({ profile: { fullName: 'Ada' } })
  })

  it('what changed a session without a new revision is not written over', async () => {
    const mine = await openSession()
    await mine.save({ patch: { fullName: 'Ada', jobTitle: 'Analyst' } })
    const answers = { profile: { fullName: 'Ada L', jobTitle: 'Analyst' } }
    await sql`update onboarding_sessions set answers = ${sql.json(answers)}, checksum = ${checksum(answers)} where user_id = ${mine.userId}`
    expect((await mine.save({ revision: 1, patch: { jobTitle: 'Author' } })).answers).toEqual({
      profile: { fullName: 'Ada L', jobTitle: 'Author' },
    })
  })

  it('works before the first read', async () => {
    const { id: userId } = await newUser(db)
    const saved = await save(ctx, { userId, revision: 0, step: 'profile', patch: PROFILE, mutationId: crypto.randomUUID() })
    expect(saved).toMatchObject({ revision: 1, answers: { profile: PROFILE } })
  })
})

describe('a save on a stale revision', () => {
  it('of fields that nobody else changed has no conflicts', async () => {
    const mine = await openSession()
    await mine.save({ patch: { fullName: 'Ada' } })
    const session = await mine.read()
    await expect(mine.save({ patch: { jobTitle: 'Analyst' } })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      details: { session, conflicts: [] },
    })
    expect(await mine.read()).toEqual(session)
  })

  it('names what both changed, with the value that both began with', async () => {
    const mine = await openSession()
    await mine.save({ patch: { fullName: 'Ada', jobTitle: 'Analyst' } })
    await mine.save({ revision: 1, patch: { fullName: 'Ada K.' } })
    await mine.save({ revision: 2, patch: { fullName: 'Ada L.', jobTitle: 'Author' } })
    await expect(mine.save({ revision: 1, patch: { fullName: 'Countess', jobTitle: 'Author' } })).rejects.toMatchObject({
      details: { conflicts: [{ step: 'profile', field: 'fullName', base: 'Ada', mine: 'Countess', theirs: 'Ada L.' }] },
    })
  })

  it('does not mix up fields of one name in two steps', async () => {
    const mine = await openSession()
    await mine.save({ step: 'workspace', patch: { name: 'Engines' } })
    await expect(mine.save({ step: 'tools', patch: { tools: ['dbt'] } })).rejects.toMatchObject({ details: { conflicts: [] } })
  })

  it('a revision that was never made is a conflict without fields', async () => {
    const mine = await openSession()
    await expect(mine.save({ revision: 7, patch: PROFILE })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      details: { session: { revision: 0 }, conflicts: [] },
    })
  })
})

describe('moving on', () => {
  it('completes a valid step and goes to the next', async () => {
    const mine = await openSession()
    expect(await mine.save({ patch: PROFILE, advance: 'complete' })).toMatchObject({
      completedSteps: ['profile'],
      currentStep: 'work',
      nextStep: 'work',
    })
  })

  it('a step that is not valid is not completed, but what was typed is stored', async () => {
    const mine = await openSession()
    const mutationId = crypto.randomUUID()
    const move = { patch: { fullName: 'Ada', companyName: '' }, advance: 'complete', mutationId } as const
    const refusal = {
      code: 'ANSWERS_INCOMPLETE',
      details: {
        issues: [{ step: 'profile', field: 'companyName', message: 'Enter the name of your company.' }],
        session: { revision: 1, completedSteps: [], currentStep: 'profile' },
      },
    }
    await expect(mine.save(move)).rejects.toMatchObject(refusal)
    expect((await mine.read()).answers).toEqual({ profile: { fullName: 'Ada', companyName: '' } })
    await expect(mine.save(move)).rejects.toMatchObject(refusal)
    expect((await mine.read()).revision).toBe(1)
  })

  it('skips an optional step, keeps what was typed there, and completes it later', async () => {
    const mine = await openSession()
    const skipped = await mine.save({ step: 'tools', patch: { tools: ['dbt'] }, advance: 'skip' })
    expect(skipped).toMatchObject({
      skippedSteps: ['tools'],
      completedSteps: [],
      answers: { tools: { tools: ['dbt'] } },
      currentStep: 'profile',
    })

    const completed = await mine.save({ revision: 1, step: 'tools', advance: 'complete' })
    expect(completed).toMatchObject({ skippedSteps: [], completedSteps: ['tools'] })
    const again = await mine.save({ revision: 2, step: 'tools', advance: 'skip' })
    expect(again).toMatchObject({ skippedSteps: ['tools'], completedSteps: [] })
  })

  it('does not skip a required step, and stores nothing of it', async () => {
    const mine = await openSession()
    await expect(mine.save({ step: 'work', advance: 'skip' })).rejects.toMatchObject({ code: 'STEP_REQUIRED' })
    expect((await mine.read()).revision).toBe(0)
  })

  it('going back changes the position and nothing else', async () => {
    const mine = await openSession()
    await mine.save({ patch: PROFILE, advance: 'complete' })
    const back = await mine.save({ revision: 1, patch: { jobTitle: 'Analyst' } })
    expect(back).toMatchObject({ completedSteps: ['profile'], currentStep: 'profile', nextStep: 'work' })
  })

  it('keeps completed steps in the order of the questionnaire', async () => {
    const mine = await openSession()
    await mine.save({ step: 'preferences', patch: { theme: 'dark' }, advance: 'complete' })
    expect((await mine.save({ revision: 1, patch: PROFILE, advance: 'complete' })).completedSteps).toEqual([
      'profile',
      'preferences',
    ])
  })
})

describe('a completed session', () => {
  it('takes no more saves, but still answers the repeats of those it took', async () => {
    const mine = await openSession()
    const mutationId = crypto.randomUUID()
    await mine.save({ patch: PROFILE, mutationId })
    await sql`update onboarding_sessions set status = 'completed', completed_at = now(), revision = 2 where user_id = ${mine.userId}`
    await expect(mine.save({ revision: 1, patch: { jobTitle: 'Analyst' } })).rejects.toMatchObject({ code: 'SESSION_COMPLETED' })
    expect(await mine.save({ patch: PROFILE, mutationId })).toMatchObject({
      status: 'open',
      revision: 1,
      answers: { profile: PROFILE },
    })
  })
})
