import { randomUUID } from 'node:crypto'
import type { Sql } from 'postgres'

/** Enough for neighbours in time to be different people. */
const PEOPLE = 256

/** Answers one after the other, and begins anew at the end. */
export async function newPeople(sql: Sql): Promise<() => { id: string; email: string }> {
  const people = Array.from({ length: PEOPLE }, () => ({
    id: randomUUID(),
    email: `${randomUUID()}@example.com`,
    name: 'Ada Lovelace',
  }))
  await sql`insert into users ${sql(people)}`
  let next = 0
  return () => {
    const person = people[next++ % PEOPLE]
    if (!person) throw new Error('there are no people')
    return person
  }
}
