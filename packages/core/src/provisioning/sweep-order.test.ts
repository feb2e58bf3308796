import { testDatabase } from '@gangway/db/testing'
import { expect, it } from 'vitest'
import { newWorld } from '../testing/world.ts'
import { sweep } from './sweep.ts'

// A database of its own: what other tests leave would be taken up first.
const database = await testDatabase()
const { sql } = database

/** Runs that stand still, each for a second less than the one before; the first ones are written last. */
async function standStill(userId: string, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, index) => `${index % 2 ? 'paused' : 'left'}_${String(index).padStart(3, '0')}`)
  for (const [index, name] of [...names.entries()].toReversed()) {
    const since = sql`now() - ${count - index} * interval '1 second'`
    const isPaused = name.startsWith('paused')
    const failure = { code: 'TRANSIENT', message: 'Later.', errorId: 'err_1', kind: 'transient' }
    await sql`
      insert into onboarding_runs (checkout_session_id, user_id, plan, slug, company_name, state, failure, next_attempt_at)
      values (${name}, ${userId}, 'STARTER', ${name}, 'Acme Corp', ${isPaused ? 'failed' : 'running'},
        ${isPaused ? sql.json(failure) : null}, ${isPaused ? since : null})`
    if (!isPaused)
      await sql`
        insert into onboarding_locks (lock_id, checkout_session_id, holder, fencing_token, expires_at)
        values (${`onboarding_${name}`}, ${name}, 'gone', 1, ${since})`
  }
  return names
}

it('takes up first what stands still for longest, so that nobody waits for ever behind others', async () => {
  const { ctx, user } = await newWorld(database)
  const names = await standStill(user.id, 60)
  const { advanced, settled } = await sweep(ctx)
  await settled
  const taken = await sql<{ name: string }[]>`
    select checkout_session_id as name from onboarding_runs where fencing_token > 0 order by 1`
  expect(advanced).toBe(50)
  expect(taken.map(({ name }) => name)).toEqual(names.slice(0, 50).toSorted())
})
