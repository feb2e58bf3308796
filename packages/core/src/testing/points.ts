import { STAGE_IDS } from '@gangway/schemas/provisioning'
import { CENTRAL_DATASET } from '../bootstrap/meta-tables.ts'
import type { ProvisioningContext } from '../context.ts'
import type { Billing, Jobs, Vault, Warehouse } from '../ports/index.ts'
import { createJournal, type Journal } from '../provisioning/journal.ts'

/**
 * Every call that a run makes, by its stage. Before and after each is a named point; journal entries other than
 * `completed`, such as `failed` and `undone`, have theirs as well.
 */
export const CALLS = [
  'lock: journal.open',
  ...STAGE_IDS.map((stage) => `${stage}: journal.record completed`),
  'verify_payment: billing.fetchCheckout',
  'verify_payment: billing.refund',
  'set_up_workspace: warehouse.ping',
  'set_up_workspace: warehouse.describeDataset',
  'set_up_workspace: warehouse.ensureDataset',
  'set_up_workspace: warehouse.ensureTable',
  'set_up_workspace: warehouse.ensureComprehensiveView',
  'set_up_workspace: warehouse.loadRows',
  'set_up_workspace: warehouse.readRows',
  'set_up_workspace: warehouse.deleteDataset',
  'generate_api_key: vault.seal',
  'finalize: warehouse.loadRows',
  'finalize: jobs.enqueueAll',
  'sweep: billing.listPaidCheckouts',
] as const

/**
 * Called at every named point, such as `set_up_workspace: warehouse.ensureTable before`. It may throw, wait, or end the
 * process; when it returns, the work goes on.
 */
export type Reach = (point: string) => void | Promise<void>

/**
 * The same context with a named point before and after each call that leaves the process: every port, every commit of
 * the journal, and the jobs inside those commits. The product itself knows nothing of it, so it costs nothing there.
 */
export function withPoints<Context extends ProvisioningContext>(ctx: Context, reach: Reach): Context {
  const around = pointsAround(reach)
  const jobs = pointedJobs(ctx.jobs, around)
  return {
    ...ctx,
    billing: pointedBilling(ctx.billing, around),
    warehouse: pointedWarehouse(ctx.warehouse, around),
    vault: pointedVault(ctx.vault, around),
    jobs,
    journal: pointedJournal(createJournal({ db: ctx.db, jobs }), around),
  }
}

type Around = <Result>(name: string, work: () => Promise<Result>) => Promise<Result>

function pointsAround(reach: Reach): Around {
  return async (name, work) => {
    await reach(`${name} before`)
    const result = await work()
    await reach(`${name} after`)
    return result
  }
}

function pointedBilling(billing: Billing, around: Around): Billing {
  return {
    ...billing,
    fetchCheckout: (...args) => around('verify_payment: billing.fetchCheckout', () => billing.fetchCheckout(...args)),
    listPaidCheckouts: (...args) => around('sweep: billing.listPaidCheckouts', () => billing.listPaidCheckouts(...args)),
    refund: (...args) => around('verify_payment: billing.refund', () => billing.refund(...args)),
  }
}

/** Without a spread: a method that is added to the port has to get its points. */
function pointedWarehouse(warehouse: Warehouse, around: Around): Warehouse {
  const stage = 'set_up_workspace: warehouse'
  return {
    kind: warehouse.kind,
    ping: () => around(`${stage}.ping`, () => warehouse.ping()),
    describeDataset: (...args) => around(`${stage}.describeDataset`, () => warehouse.describeDataset(...args)),
    ensureDataset: (...args) => around(`${stage}.ensureDataset`, () => warehouse.ensureDataset(...args)),
    ensureTable: (...args) => around(`${stage}.ensureTable`, () => warehouse.ensureTable(...args)),
    ensureComprehensiveView: (...args) =>
      around(`${stage}.ensureComprehensiveView`, () => warehouse.ensureComprehensiveView(...args)),
    readRows: (...args) => around(`${stage}.readRows`, () => warehouse.readRows(...args)),
    deleteDataset: (...args) => around(`${stage}.deleteDataset`, () => warehouse.deleteDataset(...args)),
    loadRows: (dataset, ...args) =>
      around(dataset === CENTRAL_DATASET ? 'finalize: warehouse.loadRows' : `${stage}.loadRows`, () =>
        warehouse.loadRows(dataset, ...args),
      ),
  }
}

function pointedVault(vault: Vault, around: Around): Vault {
  return { ...vault, seal: (...args) => around('generate_api_key: vault.seal', () => vault.seal(...args)) }
}

/** These are reached inside a transaction, before its commit. */
function pointedJobs(jobs: Jobs, around: Around): Jobs {
  return {
    enqueue: (tx, name, ...rest) => around(`${name}: jobs.enqueue`, () => jobs.enqueue(tx, name, ...rest)),
    enqueueAll: (...args) => around('finalize: jobs.enqueueAll', () => jobs.enqueueAll(...args)),
  }
}

function pointedJournal(journal: Journal, around: Around): Journal {
  return {
    open: (request) => around('lock: journal.open', () => journal.open(request)),
    record: (writing) => {
      const [{ stage, status }] = writing.step.events
      return around(`${stage}: journal.record ${status}`, () => journal.record(writing))
    },
  }
}
