import { users } from '@gangway/db/schema'
import type { Tx } from '@gangway/db/transaction'
import { eq } from 'drizzle-orm'
import type { RemindersContext } from '../context.ts'
import type { MailContent } from './layout.ts'

/** One mail to every admin. `about` names what it is about, once and for all. */
export async function tellStaff(
  ctx: RemindersContext,
  tx: Tx,
  { about, mail }: { about: string; mail: MailContent },
): Promise<void> {
  const admins = await tx.select({ id: users.id, email: users.email }).from(users).where(eq(users.role, 'admin'))
  const jobs = admins.map(({ id, email }) => ({
    name: 'notifications.send-mail' as const,
    payload: { dedupeKey: `${about}:${id}`, to: email, ...mail },
  }))
  if (jobs.length > 0) await ctx.jobs.enqueueAll(tx, jobs)
}
