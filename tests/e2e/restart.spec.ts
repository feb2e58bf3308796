import { execFileSync } from 'node:child_process'
import { openSql } from '@gangway/db/client'
import { expect, test } from '@playwright/test'
import { newPerson, newSlug, signInByApi, signUpByApi } from './people.ts'
import { freePorts, newDataDir, type Product, type ProductOptions, removeDataDir, startProduct } from './product.ts'

const LOCK_TTL_SECONDS = 4

/** Processes whose command line or environment names the data folder. */
function processesOf(dataDir: string): string[] {
  return execFileSync('ps', ['axeww', '-o', 'pid=,command='], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
    .split('\n')
    .filter((line) => line.includes(dataDir))
}

const started: Product[] = []

async function start(options: ProductOptions): Promise<Product> {
  const product = await startProduct(options)
  started.push(product)
  return product
}

// Whatever a failed test has left running.
test.afterEach(async () => {
  for (const product of started)
    if (product.process.exitCode === null && product.process.signalCode === null) await product.stop()
})

test('a run whose process is killed in the third stage goes on by itself after the next start, and nothing is made twice', async () => {
  test.setTimeout(180_000)
  const options = { dataDir: newDataDir(), ports: await freePorts(), env: { LOCK_TTL_SECONDS: String(LOCK_TTL_SECONDS) } }
  const first = await start(options)
  const person = newPerson()
  const slug = newSlug()
  const customer = await signUpByApi(first.urls.api, person)
  const { checkoutSessionId } = await customer.checkout.create.mutate({ plan: 'STARTER', slug, companyName: 'Acme Corp' })
  await customer.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })

  // The view of the workspace reads this table: with it locked, the third stage stands still after its tables.
  const sql = openSql({ url: first.superuserUrl(), name: 'e2e-hold' })
  await sql`begin`
  await sql`lock table organizations.org_profiles in access exclusive mode`
  await customer.provisioning.start.mutate({ checkoutSessionId })
  await expect.poll(async () => (await customer.provisioning.get.query({ checkoutSessionId })).stagesCompleted).toBe(2)
  await new Promise((resolve) => setTimeout(resolve, 1000))

  first.process.kill('SIGKILL')
  await sql`rollback`
  await sql.end()

  const second = await start(options)
  const again = await signInByApi(second.urls.api, person.email)
  await expect
    .poll(async () => (await again.provisioning.get.query({ checkoutSessionId })).state, { timeout: 40_000 })
    .toBe('succeeded')

  const looking = openSql({ url: second.superuserUrl(), name: 'e2e-look' })
  const [made] = await looking`
    select (select count(*)::int from organizations where slug = ${slug}) as organizations,
           (select count(*)::int from pg_namespace where nspname like ${`${slug}\\_%`}) as datasets,
           (select count(*)::int from api_keys) as keys,
           (select count(*)::int from onboarding_stage_events where status = 'completed') as completions,
           (select count(*)::int from organizations.org_profiles where org_slug = ${slug}) as profiles`
  await looking.end()
  expect(made).toEqual({ organizations: 1, datasets: 1, keys: 1, completions: 5, profiles: 1 })

  expect(await second.stop()).toBe(0)
  await expect.poll(() => processesOf(options.dataDir), { timeout: 5000 }).toEqual([])
  for (const url of Object.values(second.urls)) await expect(fetch(url)).rejects.toThrow()
  removeDataDir(options.dataDir)
})
