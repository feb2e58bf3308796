import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { PLANS, planIdSchema } from '@gangway/schemas/plans'
import { LOOKUP_KEYS } from '../prices.ts'
import type { Price } from './account.ts'
import { settle } from './customer.ts'
import { startFakeStripe } from './fake-stripe.ts'

const USAGE = `Plays Stripe on a port of this machine.

  node packages/adapters/src/stripe/fake/main.ts --port 12111 --webhook http://localhost:4000/api/webhooks/stripe --secret whsec_development

  --port     where it listens; the product is told by STRIPE_API_BASE=http://127.0.0.1:<port>
  --webhook  where its webhooks go; nowhere when it is not given
  --secret   signs them, as STRIPE_WEBHOOK_SECRET
  --key      the STRIPE_SECRET_KEY that it accepts; sk_test_gangway1234 when it is not given
  --prices   STARTER=price_a,SCALE=price_b: sells these instead of one price for each plan under its lookup key
`

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '12111' },
    webhook: { type: 'string' },
    secret: { type: 'string', default: 'whsec_development' },
    key: { type: 'string' },
    prices: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) process.stdout.write(USAGE)
else await serve()

async function serve(): Promise<void> {
  const over = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => over.abort())
  const fake = await startFakeStripe({
    clock: { now: () => new Date(), sleep: (ms) => sleep(ms) },
    ...{ port: Number(values.port), webhookUrl: values.webhook, webhookSecret: values.secret, secretKey: values.key },
    prices: values.prices === undefined ? undefined : readPrices(values.prices),
  })
  process.stdout.write(`Stripe is played at ${fake.server.url} for ${fake.secretKey}\n`)
  while (!over.signal.aborted) {
    settle(fake.account)
    await sleep(1000, undefined, { signal: over.signal }).catch(() => {})
  }
  await fake.close()
}

function readPrices(list: string): Price[] {
  return list.split(',').map((pair) => {
    const [name, id = ''] = pair.split('=')
    const plan = planIdSchema.parse(name)
    const { amount, currency } = PLANS[plan]
    return { id, object: 'price', active: true, created: 0, currency, lookup_key: LOOKUP_KEYS[plan], unit_amount: amount }
  })
}
