import { randomBytes, randomUUID } from 'node:crypto'
import { STAGE_IDS, type StageId } from '@gangway/schemas/provisioning'
import type { JSONValue } from 'postgres'

/** What the floors write of one run: the rows and columns that the product writes, with values of the same size. */
export interface Sample {
  runId: string
  checkoutSessionId: string
  lockId: string
  userId: string
  slug: string
  orgId: string
  workspace: string
  keyId: string
  hash: string
  fingerprint: string
  sealed: Record<string, string>
  /** What the journal says of each stage that is completed. */
  details: Record<StageId, JSONValue>
}

export const SAMPLE_COMPANY = 'Acme Corp'
export const SAMPLE_HOLDER = 'bench:floor'
export const SAMPLE_SCOPES = ['pipelines:run', 'usage:read', 'admin']
export const SAMPLE_PREFIX = 'gw_test_AbCd'

const TABLES = [
  ...['usage_records', 'cost_records', 'pipeline_runs', 'pipeline_step_logs', 'dq_results', 'onboarding_validation_test'],
].map((name) => ({ name, state: 'created', drift: [] }))

export function newSample(userId: string): Sample {
  const orgId = randomUUID()
  const checkoutSessionId = `cs_memory_${randomBytes(12).toString('hex')}`
  const slug = `org_${randomBytes(6).toString('hex')}`
  const workspace = `${slug}_${randomBytes(4).toString('hex')}`
  const fingerprint = randomBytes(8).toString('hex')
  const part = () => randomBytes(6).toString('base64')
  return {
    ...{ runId: randomUUID(), checkoutSessionId, lockId: `onboarding_${checkoutSessionId}`, userId, slug, orgId, workspace },
    ...{ keyId: randomUUID(), hash: randomBytes(32).toString('hex'), fingerprint },
    sealed: { keyId: 'memory', wrappedDataKey: part(), iv: part(), ciphertext: part(), tag: part() },
    details: {
      verify_payment: { paymentStatus: 'paid', subscriptionId: `sub_${checkoutSessionId}` },
      create_organization: { orgId, slug },
      set_up_workspace: { dataset: workspace, tables: TABLES },
      generate_api_key: { fingerprint, prefix: SAMPLE_PREFIX },
      finalize: { fingerprint },
    },
  }
}

export interface SampleEvent {
  seq: number
  stage: StageId
  status: 'started' | 'completed'
  state: 'running' | 'succeeded'
  detail: JSONValue
}

/** The journal of the commit that completes so many stages: a completion, and the next stage's start. */
export function eventsOf(sample: Sample, stagesCompleted: number): SampleEvent[] {
  const done = STAGE_IDS[stagesCompleted - 1]
  const next = STAGE_IDS[stagesCompleted]
  const seq = stagesCompleted * 2
  const events: SampleEvent[] = []
  if (done)
    events.push({ seq, stage: done, status: 'completed', state: next ? 'running' : 'succeeded', detail: sample.details[done] })
  if (next) events.push({ seq: seq + 1, stage: next, status: 'started', state: 'running', detail: {} })
  return events
}
