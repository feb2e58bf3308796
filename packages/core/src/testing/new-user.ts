import { randomBytes } from 'node:crypto'
import type { Db } from '@gangway/db/client'
import { users } from '@gangway/db/schema'

export interface TestUser {
  id: string
  name: string
  email: string
}

/** Somebody new, with an address that nobody else has. */
export async function newUser(
  db: Db,
  { name = 'Ada Lovelace', email = newAddress() }: Partial<Omit<TestUser, 'id'>> = {},
): Promise<TestUser> {
  const [user] = await db.insert(users).values({ name, email }).returning({ id: users.id, name: users.name, email: users.email })
  if (!user) throw new Error('the user was not inserted')
  return user
}

function newAddress(): string {
  return `ada.${randomBytes(6).toString('hex')}@example.com`
}
