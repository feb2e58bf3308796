import { z } from 'zod'
import { endWell, type Suite } from '../suite.ts'

const partsSchema = z.array(z.string())

/** The same checkout is fulfilled by so many callers in so many processes at one time: nobody is refused, and there is one tenant. */
export async function callers(suite: Suite, { processes = 4, each = 25, checkouts: rounds = 10 } = {}): Promise<void> {
  const line = `callers  ${processes * each} for one checkout in ${processes} processes`
  if (!suite.wants(line)) return
  const { site, report } = suite
  // Nobody is dead here: locks outlast a busy machine.
  const crowd = await Promise.all(Array.from({ length: processes }, () => site.child({ lockTtlMs: 15_000 })))
  for (let round = 0; round < rounds; round++) {
    const checkouts = await site.newCheckouts(1)
    const answers = await Promise.all(crowd.map((child) => child.ask({ do: 'fulfil', checkouts, callers: each })))
    const parts = answers.flatMap((answer) => partsSchema.parse(answer))
    const refused = parts.filter((part) => !['started', 'joined', 'settled'].includes(part))
    report.count(line, 0, refused)
    const [first] = crowd
    if (first) await endWell(suite, first, { line, checkouts })
  }
  await Promise.all(crowd.map((child) => child.end()))
}
