import { type findRun, handOverKey, runDetails } from '@gangway/core/provisioning'
import { z } from 'zod'
import { columns, indent, say } from './output.ts'
import { paint } from './paint.ts'
import type { Session } from './session.ts'

export type Run = NonNullable<Awaited<ReturnType<typeof findRun>>>

/** A tenant that was just made, as the REST call answers it. */
export interface Tenant {
  tenant_id: string
  /** Null when it was shown before: it cannot be shown again. */
  api_key: string | null
  subscription_plan: string
  dataset: string | null
  dataset_created: boolean
  tables_created: string[]
  message: string
}

/** What the third stage wrote down. */
const workspaceSchema = z.object({
  dataset: z.string().nullable().catch(null),
  tables: z.array(z.object({ name: z.string(), state: z.string() })).catch([]),
})

/** What a run has made, with the key: of all who ask, the first gets it, for its ciphertext is gone from then on. */
export async function takeTenant({ contexts: { base, provisioning } }: Session, run: Run): Promise<Tenant> {
  const { timeline } = await runDetails(base, { runId: run.id })
  const made = timeline.findLast(({ stage, status }) => stage === 'set_up_workspace' && status === 'completed')
  const { dataset, tables } = workspaceSchema.parse(made?.detail ?? {})
  return {
    tenant_id: run.slug,
    api_key: await handOverKey(provisioning, { tenantId: run.slug }),
    subscription_plan: run.plan,
    dataset,
    dataset_created: dataset !== null,
    tables_created: tables.filter(({ state }) => state === 'created').map(({ name }) => name),
    message: `${run.companyName} is onboarded.`,
  }
}

export function showTenant({ tenant_id, api_key, subscription_plan, dataset, message }: Tenant): void {
  const rows = [
    ['Tenant', tenant_id],
    ['Plan', subscription_plan],
    ['Dataset', dataset ?? ''],
    ['API key', api_key ? paint('strong', api_key) : 'shown before; `gangway keys rotate` makes another'],
  ]
  say(['', paint('good', message), '', ...indent(columns(rows)), ''])
  if (api_key) say(['The key is shown this once. Keep it where secrets are kept.'])
}
