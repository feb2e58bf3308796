import { inTransaction } from '@gangway/db/transaction'
import { expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'

const api = await testApi()

it('works off a backlog without a pause between jobs, and one job that fails holds up no other', async () => {
  const { base } = api.app.contexts
  const mail = (n: number) => ({
    dedupeKey: `backlog:${n}`,
    to: 'a@example.com',
    subject: `${n}`,
    text: 'text',
    html: '<p>text</p>',
  })
  const jobs = Array.from({ length: 60 }, (_, n) => ({ name: 'notifications.send-mail' as const, payload: mail(n) }))
  await inTransaction(base.db, (tx) => api.app.queue.jobs.enqueueAll(tx, jobs))
  await api.database
    .sql`update pgboss.job set data = '{"broken":true}' where name = 'notifications.send-mail' and data ->> 'dedupeKey' = 'backlog:59'`
  const sent = async () =>
    (await api.database.sql`select count(*)::int from mail_outbox where dedupe_key like 'backlog:%'`)[0]?.['count']
  await expect.poll(async () => Number(await sent()), { timeout: 8000 }).toBeGreaterThanOrEqual(59)
})
