import { testDatabase } from '@gangway/db/testing'
import type { AnswerHandOff } from '@gangway/schemas/hand-offs'
import type { StepId, StepPatch } from '@gangway/schemas/questionnaire'
import { describe, expect, it } from 'vitest'
import { remindersContext } from '../testing/reminders.ts'
import { newUser } from '../testing/new-user.ts'
import { complete } from './complete.ts'
import { getOrCreateSession } from './get-or-create-session.ts'
import { answerHandOff } from './hand-off-answer.ts'
import { listHandOffs, revokeHandOff } from './hand-off-list.ts'
import { claimHandOff, openHandOff } from './hand-off-open.ts'
import { handOffStep } from './hand-off-step.ts'
import { save } from './save.ts'

const database = await testDatabase()
const { db, sql } = database
const DAY_MS = 24 * 60 * 60 * 1000
const PROFILE = { fullName: 'Ada Lovelace', companyName: 'Analytical Engines' }
const WORK = { role: 'data', timezone: 'Europe/London' }

const newClaim = () => crypto.randomUUID()

/** Somebody who has answered the first step, and asks a colleague for the second. */
async function arrange({ step = 'work' }: { step?: StepId } = {}) {
  const ctx = remindersContext(database)
  const { id: userId } = await newUser(db)
  const read = () => getOrCreateSession(ctx, { userId })
  const put = async (saved: StepId, patch: StepPatch, advance?: 'complete' | 'skip') =>
    save(ctx, { userId, revision: (await read()).revision, step: saved, patch, mutationId: crypto.randomUUID(), advance })
  await read()
  await put('profile', PROFILE, 'complete')
  const handOff = await handOffStep(ctx, { userId, step, email: 'Grace@Example.com' })
  const [mail] = ctx.jobs.payloads('notifications.send-mail').slice(-1)
  const code = /\/hand-off\/(\w{24})/.exec(mail?.text ?? '')?.[1] ?? ''
  const claim = newClaim()
  const answer = async (input: Partial<AnswerHandOff> = {}) =>
    answerHandOff(ctx, { code, claim, revision: (await read()).revision, patch: WORK, mutationId: crypto.randomUUID(), ...input })
  return {
    ...{ ctx, userId, read, put, handOff, mail, code, claim, answer },
    take: (colleague = 'Grace Hopper') => claimHandOff(ctx, { code, claim, colleague }),
    mine: () => listHandOffs(ctx, { userId }),
  }
}

const refusal = (code: string) => ({ code })

describe('a step that is handed over', () => {
  it('is asked for by a mail whose link is known to nobody else', async () => {
    const { handOff, mail, code, mine } = await arrange()
    expect(handOff).toMatchObject({ step: 'work', email: 'grace@example.com', state: 'waiting', colleague: null })
    expect(mail).toMatchObject({ to: 'grace@example.com', dedupeKey: `hand-off:${handOff.id}` })
    expect(mail?.subject).toContain('Your work')
    expect(await mine()).toEqual([handOff])
    const [row] = await sql`select * from step_hand_offs where id = ${handOff.id}`
    expect(JSON.stringify(row)).not.toContain(code)
  })

  it('shows who asks and for what; the step itself only to the browser that has taken it up', async () => {
    const { ctx, code, claim, take, put, mine } = await arrange()
    await put('work', { team: 'data' })
    const offered = await openHandOff(ctx, { code })
    expect(offered).toMatchObject({
      state: 'offered',
      owner: 'Ada Lovelace',
      company: 'Analytical Engines',
      title: { en: 'Your work' },
    })
    expect(JSON.stringify(offered)).not.toContain('timezone')
    const taken = await take()
    expect(taken).toMatchObject({ state: 'claimed', step: { id: 'work' }, answers: { team: 'data' } })
    expect(JSON.stringify(taken)).not.toContain('fullName')
    expect(await openHandOff(ctx, { code, claim })).toEqual(taken)
    expect(await mine()).toMatchObject([{ state: 'opened', colleague: 'Grace Hopper' }])
    for (const other of [undefined, newClaim()])
      await expect(openHandOff(ctx, { code, claim: other })).rejects.toMatchObject(refusal('HAND_OFF_TAKEN'))
  })

  it('is completed by the colleague, and nothing else is changed', async () => {
    const { read, take, answer, mine } = await arrange()
    const before = await read()
    await take()
    expect(await answer()).toMatchObject({ state: 'answered' })
    const after = await read()
    expect(after.answers).toEqual({ ...before.answers, work: WORK })
    expect(after).toMatchObject({ completedSteps: ['profile', 'work'], nextStep: 'tools', revision: before.revision + 1 })
    expect(await mine()).toMatchObject([{ state: 'answered', colleague: 'Grace Hopper', answeredAt: expect.any(Date) }])
  })

  it('is answered once: a repeat, also of a call that died half way, changes nothing', async () => {
    const { handOff, read, take, answer } = await arrange()
    await take()
    const call = { mutationId: crypto.randomUUID(), revision: (await read()).revision }
    await answer(call)
    const { revision } = await read()
    await sql`update step_hand_offs set answered_at = null where id = ${handOff.id}`
    for (let time = 0; time < 2; time++) expect(await answer(call)).toMatchObject({ state: 'answered' })
    expect((await read()).revision).toBe(revision)
  })

  it('tells what is missing, and keeps what was typed', async () => {
    const { read, take, answer } = await arrange()
    await take()
    await expect(answer({ patch: { role: 'data' } })).rejects.toMatchObject({
      code: 'ANSWERS_INCOMPLETE',
      details: { issues: [{ step: 'work', field: 'timezone' }], view: { state: 'claimed', answers: { role: 'data' } } },
    })
    expect(await read()).toMatchObject({ completedSteps: ['profile'], answers: { work: { role: 'data' } } })
  })

  it('never writes over what the owner has typed since: both are told to the colleague', async () => {
    const { read, take, put, answer } = await arrange()
    const seen = await take()
    const revision = seen.state === 'claimed' ? seen.revision : -1
    await put('work', { role: 'sales' })
    await expect(answer({ revision })).rejects.toMatchObject({
      code: 'REVISION_CONFLICT',
      details: { conflicts: [{ step: 'work', field: 'role', mine: 'data', theirs: 'sales' }], view: { revision: revision + 1 } },
    })
    expect((await read()).answers['work']).toEqual({ role: 'sales' })
    expect(await answer({ revision: revision + 1 })).toMatchObject({ state: 'answered' })
  })

  it('tells of no other step when something is refused', async () => {
    const { take, put, answer } = await arrange()
    const seen = await take()
    await put('tools', { tools: ['a secret tool'] })
    const revision = seen.state === 'claimed' ? seen.revision : -1
    for (const call of [{ revision }, { patch: { role: 'data' } }]) {
      const details: unknown = await answer(call).catch((error: { details: unknown }) => error.details)
      expect(JSON.stringify(details)).toContain('claimed')
      expect(JSON.stringify(details)).not.toMatch(/secret tool|fullName/)
    }
  })
})

describe('a link', () => {
  it('works for 7 days, and no moment longer', async () => {
    const { ctx, code, take, answer, mine } = await arrange()
    await take()
    await ctx.clock.advance(7 * DAY_MS - 1)
    await expect(openHandOff(ctx, { code })).rejects.toMatchObject(refusal('HAND_OFF_TAKEN'))
    await ctx.clock.advance(1)
    await expect(openHandOff(ctx, { code })).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
    await expect(answer()).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
    expect(await mine()).toMatchObject([{ state: 'expired' }])
  })

  it('that is forged opens nothing', async () => {
    const { ctx, code, claim, answer } = await arrange()
    for (const forged of ['', 'x', code.slice(0, -1), code.toLowerCase() === code ? `${code}0` : code.toLowerCase()])
      await expect(openHandOff(ctx, { code: forged, claim })).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
    await expect(answer({ code: 'x'.repeat(24) })).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
  })

  it('cannot be answered before it is taken up, nor by a claim of somebody else', async () => {
    const { answer, take, read } = await arrange()
    await expect(answer()).rejects.toMatchObject(refusal('HAND_OFF_TAKEN'))
    await take()
    await expect(answer({ claim: newClaim() })).rejects.toMatchObject(refusal('HAND_OFF_TAKEN'))
    expect((await read()).completedSteps).toEqual(['profile'])
  })

  it('can reach no field of another step', async () => {
    const { take, answer, read } = await arrange()
    await take()
    await expect(answer({ patch: { ...WORK, fullName: 'Mallory' } })).rejects.toMatchObject(refusal('INPUT_INVALID'))
    expect((await read()).answers).toEqual({ profile: PROFILE })
  })

  it('is taken back by its owner, and by nobody else', async () => {
    const { ctx, userId, handOff, code, take, answer, mine } = await arrange()
    await take()
    const { id: stranger } = await newUser(db)
    await expect(revokeHandOff(ctx, { userId: stranger, id: handOff.id })).rejects.toMatchObject(refusal('NOT_FOUND'))
    await revokeHandOff(ctx, { userId, id: handOff.id })
    await expect(openHandOff(ctx, { code })).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
    await expect(answer()).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
    await expect(revokeHandOff(ctx, { userId, id: handOff.id })).rejects.toMatchObject(refusal('NOT_FOUND'))
    expect(await mine()).toEqual([])
  })

  it('is replaced by a newer one for the same step', async () => {
    const { ctx, userId, code, mine } = await arrange()
    const newer = await handOffStep(ctx, { userId, step: 'work', email: 'joan@example.com' })
    await expect(openHandOff(ctx, { code })).rejects.toMatchObject(refusal('HAND_OFF_NOT_FOUND'))
    expect(await mine()).toEqual([newer])
  })

  it('race: of eight browsers that take it up at once, one gets the step', async () => {
    const { ctx, code } = await arrange()
    const tries = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => claimHandOff(ctx, { code, claim: newClaim(), colleague: `Grace ${index}` })),
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    for (const attempt of tries)
      if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject(refusal('HAND_OFF_TAKEN'))
  })

  it('race: of two links for one step that are asked for at once, one lives', async () => {
    const { ctx, userId, mine } = await arrange()
    const ask = (email: string) => handOffStep(ctx, { userId, step: 'tools', email })
    const tries = await Promise.allSettled([ask('a@example.com'), ask('b@example.com'), ask('c@example.com')])
    for (const attempt of tries)
      if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject(refusal('DATABASE_CONFLICT'))
    expect((await mine()).filter(({ step }) => step === 'tools')).toHaveLength(1)
  })
})

describe('meanwhile', () => {
  it('the owner answers the step: the link says so, and takes nothing more', async () => {
    const { ctx, code, claim, take, put, answer, read } = await arrange()
    const seen = await take()
    const revision = seen.state === 'claimed' ? seen.revision : -1
    await put('work', { role: 'sales', timezone: 'UTC' }, 'complete')
    expect(await openHandOff(ctx, { code, claim })).toMatchObject({ state: 'closed' })
    for (const call of [{ revision }, {}]) await expect(answer(call)).rejects.toMatchObject(refusal('HAND_OFF_CLOSED'))
    expect((await read()).answers['work']).toEqual({ role: 'sales', timezone: 'UTC' })
  })

  it('the owner finishes: a skipped step that was handed over is closed as well', async () => {
    const { ctx, userId, code, claim, take, put, answer, read } = await arrange({ step: 'tools' })
    await take()
    await put('work', WORK, 'complete')
    await put('tools', {}, 'skip')
    await put('workspace', { mode: 'create', name: 'Engines', slug: 'engines' }, 'complete')
    await complete(ctx, { userId, revision: (await read()).revision, mutationId: crypto.randomUUID() })
    expect(await openHandOff(ctx, { code, claim })).toMatchObject({ state: 'closed' })
    await expect(answer({ patch: { tools: ['dbt'] } })).rejects.toMatchObject(refusal('HAND_OFF_CLOSED'))
    await expect(handOffStep(ctx, { userId, step: 'tools', email: 'a@example.com' })).rejects.toMatchObject(
      refusal('SESSION_COMPLETED'),
    )
  })

  it('the owner skips the step: the colleague can answer it all the same', async () => {
    const { take, put, answer, read } = await arrange({ step: 'tools' })
    await put('tools', {}, 'skip')
    await take()
    expect(await answer({ patch: { tools: ['dbt'] } })).toMatchObject({ state: 'answered' })
    expect(await read()).toMatchObject({ skippedSteps: [], completedSteps: ['profile', 'tools'] })
  })
})

describe('what cannot be handed over', () => {
  it.each(['workspace', 'no-such-step'])('%s', async (step) => {
    const { ctx, userId } = await arrange()
    const asking = handOffStep(ctx, { userId, step, email: 'a@example.com' })
    await expect(asking).rejects.toMatchObject(refusal('INPUT_INVALID'))
  })

  it('a step that is done', async () => {
    const { ctx, userId } = await arrange()
    const asking = handOffStep(ctx, { userId, step: 'profile', email: 'a@example.com' })
    await expect(asking).rejects.toMatchObject(refusal('HAND_OFF_CLOSED'))
  })

  it('more than ten steps a day: each is a mail to anybody', async () => {
    const { ctx, userId } = await arrange()
    const ask = () => handOffStep(ctx, { userId, step: 'tools', email: 'a@example.com' })
    for (let time = 1; time < 10; time++) await ask()
    await expect(ask()).rejects.toMatchObject(refusal('HAND_OFFS_FULL'))
    await ctx.clock.advance(DAY_MS)
    expect(await ask()).toMatchObject({ state: 'waiting' })
  })
})
