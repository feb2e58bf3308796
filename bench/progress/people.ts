import { openSql } from '@gangway/db/client'
import type { Database } from '../cluster.ts'

export interface Person {
  userId: string
  cookie: string
}

/** Where the web app is when nobody says otherwise: sign-ups come from its pages. */
const WEB = 'http://localhost:3000'

/** Signs people up over HTTP, as the web app does. */
export async function signUpPeople(url: string, database: Database, count: number): Promise<Person[]> {
  const sql = openSql({ url: database.superuserUrl, name: 'bench-people' })
  try {
    const people: Person[] = []
    for (let index = 0; index < count; index++) {
      const email = `ada.${crypto.randomUUID()}@example.com`
      const cookie = await signUp(url, email)
      const [user] = await sql<{ id: string }[]>`select id from users where email = ${email}`
      if (user) people.push({ userId: user.id, cookie })
    }
    return people
  } finally {
    await sql.end()
  }
}

async function signUp(url: string, email: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: WEB },
    body: JSON.stringify({ name: 'Ada Lovelace', email, password: 'a long enough password' }),
  })
  if (!response.ok) throw new Error(`sign-up answered ${response.status}: ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}
