import type { BaseContext } from '@gangway/core/context'
import { users } from '@gangway/db/schema'
import { inTransaction } from '@gangway/db/transaction'
import { eq } from 'drizzle-orm'
import type { Config } from '../config/config.ts'
import type { Auth } from './auth.ts'

/** Makes the configured admin where there is no admin yet. Answers whether it did. */
export async function ensureFirstAdmin(dependencies: { auth: Auth; base: BaseContext; config: Config }): Promise<boolean> {
  const { auth, base, config } = dependencies
  const [admin] = await base.db.select({ id: users.id }).from(users).where(eq(users.role, 'admin')).limit(1)
  if (admin) return false
  const email = config.admin.email.toLowerCase()
  const [known] = await base.db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (!known) await auth.api.signUpEmail({ body: { name: 'Admin', email, password: config.secrets.adminPassword } })
  await inTransaction(base.db, (tx) => tx.update(users).set({ role: 'admin' }).where(eq(users.email, email)))
  return true
}
