import type { StageId } from '@gangway/schemas/provisioning'
import type { Expected } from './losses.ts'
import type { Command, Fault } from './protocol.ts'
import type { Site } from './site.ts'

/** A way that a run can go. */
export interface Flow {
  name: string
  checkouts: string[]
  expected: Expected
  /** What happens before anybody is in danger. */
  before: Command[]
  /** In the midst of these the process is killed or frozen. */
  steps: Command[]
  /** What breaks by itself in these. */
  faults: Fault[]
  /** Done again by whoever lost their process. */
  again?: Command
  /** Only some of the points that are reached: the others are tried on the straight way. */
  only?: RegExp
}

export type NewFlow = (site: Site) => Promise<Flow>

const PERMANENT = { times: 1, kind: 'permanent' } as const

/** From the payment to the key. Two at once: one is at the point, the other wherever it happens to be. */
export const straight: NewFlow = async (site) => {
  const checkouts = await site.newCheckouts(2)
  return { name: 'onboard', checkouts, expected: 'onboarded', before: [], steps: [{ do: 'fulfil', checkouts }], faults: [] }
}

/** The same with one, so that each of its commits is known by its number. */
export const alone: NewFlow = async (site) => {
  const checkouts = await site.newCheckouts(1)
  return { name: 'onboard', checkouts, expected: 'onboarded', before: [], steps: [{ do: 'fulfil', checkouts }], faults: [] }
}

/** The payment clears later. */
export const parked: NewFlow = async (site) => {
  const checkouts = await site.newCheckouts(1, { payment: 'clears_later' })
  const steps: Command[] = [{ do: 'fulfil', checkouts }]
  return {
    name: 'payment clears later',
    checkouts,
    expected: 'onboarded',
    before: [],
    steps,
    faults: [],
    only: /record retrying/,
  }
}

/** The warehouse is done, Postgres cannot be told, and is told later. */
export const deferred: NewFlow = async (site) => {
  const checkouts = await site.newCheckouts(1)
  const steps: Command[] = [{ do: 'fulfil', checkouts }, { do: 'sweep' }]
  const faults: Fault[] = [{ point: 'finalize: journal.record completed before', times: 4, kind: 'transient' }]
  const only = /record retrying|enqueueAll|^sweep/
  return { name: 'pending sync', checkouts, expected: 'onboarded', before: [], steps, faults, only }
}

/** An operator onboards a tenant without a payment, and calls again when there is no answer. */
export const operator: NewFlow = async (site) => {
  const tenantId = site.newSlug()
  const call: Command = { do: 'onboard', tenantId, email: `${tenantId}@example.com` }
  const checkouts = [`op_${tenantId}`]
  const only = /^(lock|verify_payment|create_organization)/
  return { name: 'operator', checkouts, expected: 'onboarded', before: [], steps: [call], faults: [], again: call, only }
}

/** The last stage fails for good; an admin takes the run back to an earlier one. */
export function retriedFrom(stage: StageId): NewFlow {
  return async (site) => {
    const checkouts = await site.newCheckouts(1)
    const [checkout = ''] = checkouts
    const retry: Command = { do: 'retryFrom', checkout, stage }
    const before: Command[] = [
      { do: 'arm', faults: [{ point: 'finalize: warehouse.loadRows before', ...PERMANENT }] },
      { do: 'fulfil', checkouts },
    ]
    const only = /^lock|journal|deleteDataset/
    return { name: `retry from ${stage}`, checkouts, expected: 'redone', before, steps: [retry], faults: [], again: retry, only }
  }
}

/** The fourth stage fails for good; an admin cancels the run and rolls it back. */
export const rolledBack: NewFlow = async (site) => {
  const checkouts = await site.newCheckouts(1)
  const [checkout = ''] = checkouts
  const rollBack: Command = { do: 'rollBack', checkout }
  const before: Command[] = [
    { do: 'arm', faults: [{ point: 'generate_api_key: vault.seal before', ...PERMANENT }] },
    { do: 'fulfil', checkouts },
  ]
  return { name: 'roll back', checkouts, expected: 'rolled_back', before, steps: [rollBack], faults: [], again: rollBack }
}
