import { endWell, type Suite } from '../suite.ts'

const TYPES = ['checkout.session.completed', 'checkout.session.async_payment_succeeded']

/** Every checkout is told of ten times: two types of event, each as two events of which one comes four times. */
function eventsOf(checkout: string) {
  return TYPES.flatMap((type) => {
    const [one, other] = [
      { id: `evt_${type}_${checkout}_1`, type, checkout },
      { id: `evt_${type}_${checkout}_2`, type, checkout },
    ]
    return [one, one, one, one, other]
  })
}

/** Webhooks come doubled and in any order, to two processes at once; their jobs are done twice. */
export async function webhooks(suite: Suite, { checkouts: count = 100 } = {}): Promise<void> {
  const line = `webhooks  ${count * 10} duplicated and shuffled`
  if (!suite.wants(line)) return
  const { site, random } = suite
  const checkouts = await site.newCheckouts(count)
  const events = random.shuffle(checkouts.flatMap(eventsOf))
  const children = await Promise.all([site.child({ lockTtlMs: 15_000 }), site.child({ lockTtlMs: 15_000 })])
  const half = events.length / 2
  const [one, other] = children
  await Promise.all([
    one.ask({ do: 'webhooks', events: events.slice(0, half), atOnce: 20 }),
    other.ask({ do: 'webhooks', events: events.slice(half), atOnce: 20 }),
  ])
  await endWell(suite, one, { line, checkouts })
  await Promise.all(children.map((child) => child.end()))
}
