import { recordAudit } from '@gangway/core/audit'
import type { BaseContext } from '@gangway/core/context'
import { GangwayError } from '@gangway/core/errors'
import { users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { eq } from 'drizzle-orm'
import type { Auth } from './auth.ts'

export interface NewAdmin {
  email: string
  name: string
  /** Called only when an account has to be made. A password is made where this is absent. */
  askPassword?: () => Promise<string>
}

const LETTERS_AND_DIGITS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const PASSWORD_LENGTH = 20

/** Makes a staff account, or staff of an account that is there. Answers the password when it was made here. */
export async function createAdmin(
  { auth, base }: { auth: Auth; base: BaseContext },
  { email, name, askPassword }: NewAdmin,
): Promise<{ created: boolean; password: string | null }> {
  const [known] = await base.db.select({ id: users.id }).from(users).where(eq(users.email, email))
  const made = known || askPassword ? null : base.ids.random(PASSWORD_LENGTH, LETTERS_AND_DIGITS)
  if (!known) {
    const password = made ?? (await askPassword?.()) ?? ''
    await auth.api.signUpEmail({ body: { name, email, password } })
  }
  await inTransaction(base.db, async (tx) => {
    const [user] = await tx.update(users).set({ role: 'admin' }).where(eq(users.email, email)).returning({ id: users.id })
    if (!user) throw new GangwayError('NOT_FOUND')
    const subject = { type: 'user', id: user.id }
    // Nobody is signed in at a terminal: an operator did it.
    await recordAudit(tx, { actorId: null, at: base.clock.now(), action: 'admin.created', subject, detail: { email } })
  })
  return { created: !known, password: made }
}
