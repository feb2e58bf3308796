import { sql } from 'drizzle-orm'
import type { Scene } from './scene.ts'

const SECRET = 'a secret to seal and open'
const MINUTE_MS = 60_000

/** Asks every service that the installation is configured for, in the way in which the product does. */
export async function askServices({ session: { contexts }, input }: Scene): Promise<string> {
  const { base, provisioning } = contexts
  const { billing, vault, warehouse, clock } = provisioning
  await base.db.execute(sql`select 1`)
  await warehouse.ping()
  const opened = await vault.open(await vault.seal(SECRET, input.tenantId), input.tenantId)
  if (opened !== SECRET) throw new Error('the vault does not give back what it was given')
  await billing.listPaidCheckouts(new Date(clock.now().getTime() - MINUTE_MS))
  return `database, ${warehouse.kind} warehouse, vault (${await vault.currentKeyId()}) and ${billing.provider} billing answer`
}
