import { startFakeOpenAi } from '@gangway/adapters/providers/fake'
import { afterAll, vi } from 'vitest'
import { type Person, testApi, type TestApi } from './api.ts'

/** Everybody who can ask for something, as seen from the organization `acme`. */
export const ACTORS = [
  'nobody',
  'customer',
  /** Owns another organization. */
  'stranger',
  'member',
  /** A member whose role is admin. */
  'manager',
  'owner',
  /** Staff. */
  'admin',
  /** An API key of another organization. */
  'foreignKey',
  'ownKey',
  'rootKey',
] as const
export type Actor = (typeof ACTORS)[number]

interface Tenant {
  owner: Person
  orgId: string
  slug: string
  checkoutSessionId: string
  runId: string
  apiKey: string
}

export interface Cast {
  api: TestApi
  /** What each of them sends along. */
  headers: Record<Actor, Record<string, string>>
  acme: Tenant
  admin: Person
  /** What belongs to acme, or to the operators where it says so. */
  ids: {
    user: string
    document: string
    key: string
    openCheckout: string
    endpoint: string
    delivery: string
    operatorsEndpoint: string
    operatorsDelivery: string
    pipelineRun: string
    pendingSync: string
    savedView: string
    export: string
  }
  providerKey: string
  /** What somebody may take away; made anew for each who tries. */
  removable: { integration(): Promise<'anthropic'>; endpoint(): Promise<string> }
}

const HOOK = { url: 'https://hooks.invalid/in', events: ['run.succeeded' as const] }

/** A whole installation with two organizations, and somebody in every part. */
export async function newCast(): Promise<Cast> {
  const openai = await startFakeOpenAi()
  afterAll(() => openai.close())
  const api = await testApi({ env: { OPENAI_API_BASE: openai.url }, requestsPerMinute: 100_000 })
  const { signUp, database } = api
  const [acme, other, customer, member, manager, admin] = await Promise.all([
    newTenant(api, 'acme'),
    newTenant(api, 'another_org'),
    signUp('Customer'),
    signUp('Member'),
    signUp('Manager'),
    signUp('Admin'),
  ])
  await database.sql`update users set role = 'admin' where email = ${admin.email}`
  await database.sql`
    insert into organization_members (org_id, user_id, role)
    select ${acme.orgId}, id, case email when ${member.email} then 'member' else 'admin' end
    from users where email in (${member.email}, ${manager.email})`
  return {
    ...{ api, acme, admin, providerKey: openai.keys.full },
    headers: {
      nobody: {},
      customer: { cookie: customer.cookie },
      stranger: { cookie: other.owner.cookie },
      member: { cookie: member.cookie },
      manager: { cookie: manager.cookie },
      owner: { cookie: acme.owner.cookie },
      admin: { cookie: admin.cookie },
      foreignKey: { authorization: `Bearer ${other.apiKey}` },
      ownKey: { authorization: `Bearer ${acme.apiKey}` },
      rootKey: { 'x-ca-root-key': database.rootKey },
    },
    removable: {
      async integration() {
        await database.sql`
          insert into integration_credentials
          select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'provider', 'anthropic'))).*
          from integration_credentials c where provider = 'openai'
          on conflict (org_id, provider) do nothing`
        return 'anthropic'
      },
      async endpoint() {
        const { endpoint } = await acme.owner.trpc.webhooks.create.mutate({ orgId: acme.orgId, ...HOOK })
        return endpoint.id
      },
    },
    ids: await belongings(api, acme, { admin, providerKey: openai.keys.full }),
  }
}

async function newTenant({ signUp, database }: TestApi, slug: string): Promise<Tenant> {
  const owner = await signUp('Owner')
  const { trpc } = owner
  const { checkoutSessionId } = await trpc.checkout.create.mutate({ plan: 'SCALE', slug, companyName: 'Acme' })
  await trpc.sandboxCheckout.pay.mutate({ checkoutSessionId, payment: 'succeeds', delivery: 'never' })
  const { run } = await trpc.provisioning.start.mutate({ checkoutSessionId })
  await vi.waitUntil(async () => (await trpc.organizations.mine.query())[0]?.status === 'onboarded', { timeout: 15_000 })
  const shown = await trpc.keys.reveal.mutate({ checkoutSessionId })
  const [org] = await database.sql<{ id: string }[]>`select id from organizations where slug = ${slug}`
  const apiKey = shown.status === 'revealed' ? shown.apiKey : ''
  return { owner, slug, checkoutSessionId, runId: run.id, orgId: org?.id ?? '', apiKey }
}

async function belongings(
  { database }: TestApi,
  { owner, orgId, runId, slug }: Tenant,
  { admin, providerKey }: { admin: Person; providerKey: string },
): Promise<Cast['ids']> {
  const { trpc, email } = owner
  const [user] = await database.sql<{ id: string }[]>`select id from users where email = ${email}`
  const [document] = (await trpc.starter.status.query()).documents
  const open = await trpc.checkout.create.mutate({ plan: 'STARTER', slug: 'not_paid_yet', companyName: 'Acme' })
  const { endpoint } = await trpc.webhooks.create.mutate({ orgId, ...HOOK })
  const delivery = await trpc.webhooks.ping.mutate({ orgId, endpointId: endpoint.id })
  const operators = await admin.trpc.admin.webhooks.create.mutate(HOOK)
  const theirs = await admin.trpc.admin.webhooks.ping.mutate({ endpointId: operators.endpoint.id })
  const view = await admin.trpc.admin.savedViews.save.mutate({ page: 'answers', name: 'Finance', query: '?role=finance' })
  const asked = await admin.trpc.admin.exports.start.mutate({})
  await trpc.integrations.connect.mutate({ orgId, provider: 'openai', key: providerKey })
  const { key } = await trpc.keys.rotate.mutate({ orgId, overlapDays: 7 })
  const run = await trpc.pipelines.start.mutate({ orgId, provider: 'openai', pipeline: 'usage-sync' })
  const [sync] = await database.sql<{ id: string }[]>`
    insert into pending_backend_syncs (run_id, org_slug, api_key_fingerprint, backend_onboarded_at)
    values (${runId}, ${slug}, 'f', now()) returning id`
  return {
    user: user?.id ?? '',
    document: document?.id ?? '',
    key: key.id,
    openCheckout: open.checkoutSessionId,
    endpoint: endpoint.id,
    delivery: delivery.deliveryId,
    operatorsEndpoint: operators.endpoint.id,
    operatorsDelivery: theirs.deliveryId,
    pipelineRun: run.id,
    pendingSync: sync?.id ?? '',
    savedView: view.id,
    export: asked.id,
  }
}
