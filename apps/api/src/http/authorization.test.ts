import { newSession } from '@gangway/core/testing/answers'
import { BUILT_IN_MANIFEST } from '@gangway/schemas/manifest-built-in'
import { describe, expect, it } from 'vitest'
import { REST_ROUTES } from '../rest/routes/index.ts'
import { OTHER_OPERATIONS } from '../rest/openapi/other-operations.ts'
import { appRouter } from '../routers/app-router.ts'
import { askProcedure, askRest, askStream } from '../testing/ask.ts'
import { ACTORS, newCast } from '../testing/cast.ts'

const { api, headers, acme, admin, ids, providerKey, removable } = await newCast()

// Who is let in, for what belongs to the organization acme or, for staff, to anybody. 401: nobody known; 403: known, and
// may not; 404: is not even told that it exists.
//               nobody customer stranger member manager owner admin foreignKey | ownKey rootKey
const ANYBODY = '  in     in       in       in    in      in    in    in           in     in'
const PEOPLE = '   401    in       in       in    in      in    in    401          401    401'
const STAFF = '    401    403      403      403   403     403   in    401          401    401'
const OWN = '      401    404      404      404   404     in    404   401          401    401'
const MEMBERS = '  401    404      404      in    in      in    404   401          401    401'
const MANAGERS = ' 401    404      404      403   in      in    404   401          401    401'
const OWNERS = '   401    404      404      403   403     in    404   401          401    401'
const PROGRAM = '  401    401      401      401   401     401   401   in           in     401'
const ITS_KEY = '  401    401      401      401   401     401   401   404          in     401'
const ITS_NAME = ' 401    401      401      401   401     401   401   403          in     401'
const ROOT = '     401    401      401      401   401     401   401   401          401    in'
const NEVER_THEIRS = ' 401  404      404      404   404     404   404   401          401    401'
const ABSENT = '   404    404      404      404   404     404   404   404          404    404'

const org = { orgId: acme.orgId }
const checkout = { checkoutSessionId: acme.checkoutSessionId }
const unpaid = { checkoutSessionId: ids.openCheckout }
const run = { runId: acme.runId }
const key = { ...org, keyId: ids.key }
const hook = { url: 'https://hooks.invalid/in', events: ['run.failed'] }
const endpoint = { ...org, endpointId: ids.endpoint }
const operators = { endpointId: ids.operatorsEndpoint }
const openai = { ...org, provider: 'openai' }
const save = () => ({ revision: 99, mutationId: crypto.randomUUID() })
const slug = () => `free_${crypto.randomUUID().slice(0, 8)}`

const { version: _version, ...manifest } = BUILT_IN_MANIFEST
const flag = { key: 'new-question', description: '', enabled: false, rolloutPercent: 100, cohorts: {} }

async function newDraft() {
  const content = api.database.sql.json({ languages: manifest.languages, steps: manifest.steps })
  const [draft] = await api.database.sql`
    insert into step_manifests (name, manifest, based_on) values ('Draft', ${content}, 1) returning id`
  return { id: draft?.['id'] }
}

async function newFlag() {
  await api.database.sql`insert into feature_flags (key) values ('to-be-removed') on conflict do nothing`
  return { key: 'to-be-removed' }
}

/** A line for each procedure: who, and with what. They are asked in this order. */
const PROCEDURES: Record<string, [row: string, input?: () => unknown]> = {
  'account.me': [ANYBODY],
  'admin.alerts': [STAFF],
  'admin.answers.list': [STAFF, () => ({})],
  'admin.answers.byUser': [STAFF, () => ({ userId: ids.user })],
  'admin.answers.totals': [STAFF, () => ({})],
  'admin.answers.correct': [
    STAFF,
    async () => ({ sessionId: await newSession(api.database.sql, ids.user), patch: {}, reason: 'why' }),
  ],
  'admin.answers.correctable': [STAFF, async () => ({ sessionId: await newSession(api.database.sql, ids.user) })],
  'admin.audit.list': [STAFF, () => ({})],
  'admin.bootstrap.status': [STAFF],
  'admin.bootstrap.run': [STAFF],
  'admin.bootstrap.progress': [STAFF],
  'admin.experiments.list': [STAFF],
  'admin.flags.list': [STAFF],
  'admin.flags.save': [STAFF, () => flag],
  'admin.flags.remove': [STAFF, () => newFlag()],
  'admin.exports.list': [STAFF, () => ({})],
  'admin.exports.start': [STAFF, () => ({})],
  'admin.exports.progress': [STAFF, () => ({ exportId: ids.export })],
  'admin.exports.cancel': [STAFF, () => ({ exportId: ids.export })],
  'admin.funnel.get': [STAFF, () => ({})],
  'admin.funnel.cohorts': [STAFF, () => ({ by: 'day', timeZone: 'Europe/Berlin' })],
  'admin.funnel.variants': [STAFF, () => ({})],
  'admin.funnel.people': [STAFF, () => ({ group: { at: 'milestone', milestone: 'started', what: 'reached' } })],
  'admin.locks.list': [STAFF],
  'admin.mail.list': [STAFF],
  'admin.mail.templates': [STAFF],
  'admin.manifests.list': [STAFF],
  'admin.manifests.labels': [STAFF],
  'admin.manifests.version': [STAFF, () => ({ version: 1 })],
  'admin.manifests.createDraft': [STAFF, () => ({ version: 1 })],
  'admin.manifests.draft': [STAFF, newDraft],
  'admin.manifests.saveDraft': [STAFF, async () => ({ ...(await newDraft()), revision: 99, content: manifest })],
  'admin.manifests.discardDraft': [STAFF, newDraft],
  'admin.manifests.publish': [STAFF, async () => ({ ...(await newDraft()), revision: 99, current: 1, note: 'why' })],
  'admin.manifests.rollBack': [STAFF, () => ({ version: 1, current: 99, note: 'why' })],
  'admin.organizations.list': [STAFF, () => ({})],
  'admin.organizations.examine': [STAFF, () => org],
  'admin.organizations.examineAll': [STAFF],
  'admin.organizations.repair': [STAFF, () => org],
  'admin.organizations.repairAll': [STAFF],
  'admin.pendingSyncs.list': [STAFF, () => ({})],
  'admin.pendingSyncs.syncOne': [STAFF, () => ({ id: ids.pendingSync })],
  'admin.pendingSyncs.syncAll': [STAFF],
  'admin.runs.list': [STAFF, () => ({})],
  'admin.runs.get': [STAFF, () => run],
  'admin.runs.live': [STAFF, () => ({})],
  'admin.runs.retry': [STAFF, () => run],
  'admin.runs.cancel': [STAFF, () => ({ ...run, reason: 'because' })],
  'admin.runs.rollBack': [STAFF, () => run],
  'admin.savedViews.list': [STAFF, () => ({ page: 'answers' })],
  'admin.savedViews.save': [STAFF, () => ({ page: 'answers', name: 'Data people', query: '' })],
  'admin.savedViews.remove': [STAFF, () => ({ id: ids.savedView })],
  'admin.webhooks.list': [STAFF],
  'admin.webhooks.create': [STAFF, () => hook],
  'admin.webhooks.update': [STAFF, () => ({ ...operators, ...hook, enabled: true })],
  'admin.webhooks.rotate': [STAFF, () => operators],
  'admin.webhooks.ping': [STAFF, () => operators],
  'admin.webhooks.deliveries': [STAFF, () => ({})],
  'admin.webhooks.delivery': [STAFF, () => ({ deliveryId: ids.operatorsDelivery })],
  'admin.webhooks.redeliver': [STAFF, () => ({ deliveryId: ids.operatorsDelivery })],
  'admin.webhooks.remove': [STAFF, () => operators],
  'checkout.checkSlug': [PEOPLE, () => ({ slug: slug() })],
  'checkout.create': [PEOPLE, () => ({ plan: 'STARTER', slug: slug(), companyName: 'Acme' })],
  'handOffs.list': [PEOPLE],
  'handOffs.create': [PEOPLE, () => ({ step: 'tools', email: 'grace@example.com' })],
  // Whoever has the code is let in: nobody here has it.
  'handOffs.open': [ABSENT, () => ({ code: 'x'.repeat(24) })],
  'handOffs.claim': [ABSENT, () => ({ code: 'x'.repeat(24), claim: crypto.randomUUID(), colleague: 'Grace' })],
  'handOffs.answer': [ABSENT, () => ({ ...save(), code: 'x'.repeat(24), claim: crypto.randomUUID(), patch: {} })],
  'handOffs.revoke': [NEVER_THEIRS, () => ({ id: ids.key })],
  'integrations.list': [MANAGERS, () => org],
  'integrations.connect': [MANAGERS, () => ({ ...openai, key: providerKey })],
  'integrations.schedule': [MANAGERS, () => ({ ...openai, hour: 3 })],
  'keys.reveal': [OWN, () => checkout],
  'keys.markSaved': [OWN, () => checkout],
  'keys.list': [MANAGERS, () => org],
  'keys.rotate': [OWNERS, () => ({ ...key, overlapDays: 7 })],
  'keys.revealRotated': [OWNERS, () => key],
  'keys.markRotatedSaved': [OWNERS, () => key],
  'keys.revoke': [MANAGERS, () => key],
  'onboarding.get': [PEOPLE],
  'onboarding.manifest': [PEOPLE],
  'onboarding.viewed': [PEOPLE, () => ({ step: 'profile' })],
  'onboarding.save': [PEOPLE, () => ({ ...save(), step: 'profile', patch: {} })],
  'onboarding.complete': [PEOPLE, save],
  'organizations.mine': [PEOPLE],
  'organizations.checklist': [PEOPLE],
  // Whoever was invited: nobody here was.
  'organizations.join': [NEVER_THEIRS, () => ({ code: 'x'.repeat(24) })],
  'pipelines.start': [MEMBERS, () => ({ ...openai, pipeline: 'usage-sync' })],
  'pipelines.get': [MEMBERS, () => ({ ...org, runId: ids.pipelineRun })],
  'pipelines.list': [MEMBERS, () => org],
  'integrations.remove': [MANAGERS, async () => ({ ...org, provider: await removable.integration() })],
  'provisioning.mine': [PEOPLE],
  'provisioning.get': [OWN, () => checkout],
  'provisioning.start': [OWN, () => checkout],
  'provisioning.retry': [OWN, () => checkout],
  'provisioning.chooseSlug': [OWN, () => ({ ...checkout, slug: slug() })],
  'provisioning.progress': [OWN, () => checkout],
  'quotas.get': [MEMBERS, () => org],
  'sandboxCheckout.get': [ANYBODY, () => unpaid],
  'sandboxCheckout.pay': [ANYBODY, () => ({ ...unpaid, payment: 'declined', delivery: 'never' })],
  'starter.status': [PEOPLE],
  'starter.retry': [PEOPLE],
  'starter.document': [OWN, () => ({ id: ids.document })],
  'starter.removeSamples': [PEOPLE],
  'starter.restoreSamples': [PEOPLE],
  'webhooks.list': [MANAGERS, () => org],
  'webhooks.create': [MANAGERS, () => ({ ...org, ...hook })],
  'webhooks.update': [MANAGERS, () => ({ ...endpoint, ...hook, enabled: true })],
  'webhooks.rotate': [MANAGERS, () => endpoint],
  'webhooks.ping': [MANAGERS, () => endpoint],
  'webhooks.deliveries': [MANAGERS, () => org],
  'webhooks.delivery': [MANAGERS, () => ({ ...org, deliveryId: ids.delivery })],
  'webhooks.redeliver': [MANAGERS, () => ({ ...org, deliveryId: ids.delivery })],
  'webhooks.remove': [MANAGERS, async () => ({ ...org, endpointId: await removable.endpoint() })],
}

const tenant = { tenant_id: 'acme', company_name: 'Acme', admin_email: 'a@acme.example', subscription_plan: 'SCALE' }
const restSave = () => ({ revision: 99, mutation_id: crypto.randomUUID() })

/** The same for REST. `{name}` is filled in from the input's entry of that name. */
const CALLS: Record<string, [row: string, input?: () => Record<string, unknown>]> = {
  'GET /api/v1/admin/bootstrap/status': [ROOT],
  'POST /api/v1/admin/bootstrap': [ROOT],
  'POST /api/v1/tenants/dryrun': [ROOT, () => tenant],
  'POST /api/v1/tenants/onboard': [ROOT, () => tenant],
  'POST /api/cron/billing-sync': [ROOT],
  'GET /api/users/me/onboarding-progress': [PEOPLE],
  'PATCH /api/users/me/onboarding-progress': [PEOPLE, () => ({ ...restSave(), step: 'profile', patch: {} })],
  'POST /api/onboarding/complete': [PEOPLE, restSave],
  'GET /api/v1/users/me/onboarding/status': [PEOPLE],
  'POST /api/v1/users/me/onboarding/retry': [PEOPLE],
  'GET /api/admin/onboarding/answers': [STAFF],
  'GET /api/admin/onboarding/answers/{userId}': [STAFF, () => ({ userId: ids.user })],
  'POST /api/v1/pipelines/run/{org_slug}/{provider}/{pipeline}': [
    ITS_NAME,
    () => ({ org_slug: acme.slug, provider: 'openai', pipeline: 'usage-sync' }),
  ],
  'GET /api/v1/pipelines/runs/{id}': [ITS_KEY, () => ({ id: ids.pipelineRun })],
  'GET /api/v1/quota': [PROGRAM],
  // There only where Stripe is in use, and then only for whoever can sign.
  'POST /api/webhooks/stripe': [ABSENT],
  'GET /health/live': [ANYBODY],
  'GET /health/ready': [ANYBODY],
  'GET /metrics': [ANYBODY],
}

function expected(row: string): Record<string, string> {
  const words = row.trim().split(/\s+/)
  return Object.fromEntries(ACTORS.map((actor, index) => [actor, words[index] ?? 'missing']))
}

/** What each of them is answered, one after the other. */
async function receptions(ask: (headers: Record<string, string>) => Promise<string>): Promise<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const actor of ACTORS) found[actor] = await ask(headers[actor])
  return found
}

describe('every procedure', () => {
  it('has a line in the table, and every line a procedure', () => {
    expect(Object.keys(PROCEDURES).toSorted()).toEqual(Object.keys(appRouter._def.procedures).toSorted())
  })

  it.each(Object.entries(PROCEDURES))('%s lets in whom it should', async (name, [row, input = () => undefined]) => {
    const { type } = Object(Reflect.get(Object(Reflect.get(appRouter._def.procedures, name)), '_def'))
    const url = `${api.url}/trpc/${name}`
    const found = await receptions(async (sent) => {
      const asked = { url, headers: sent, input: await input() }
      return type === 'subscription' ? askStream(asked) : askProcedure(type, asked)
    })
    expect(found).toEqual(expected(row))
  })
})

describe('every call of REST', () => {
  it('has a line in the table, and every line a call', () => {
    const all = [...REST_ROUTES, ...OTHER_OPERATIONS].map(({ method, path }) => `${method} ${path}`)
    expect(Object.keys(CALLS).toSorted()).toEqual(all.toSorted())
  })

  it.each(Object.entries(CALLS))('%s lets in whom it should', async (name, [row, input = () => ({})]) => {
    const [method = '', path = ''] = name.split(' ')
    const found = await receptions((sent) => {
      const given = Object.entries(input())
      const url = api.url + given.reduce((filled, [field, value]) => filled.replace(`{${field}}`, String(value)), path)
      const body = Object.fromEntries(given.filter(([field]) => !path.includes(`{${field}}`)))
      return askRest(method, { url, headers: sent, input: body })
    })
    expect(found).toEqual(expected(row))
  })
})

describe('staff', () => {
  it('are known by their role of now, and not by when they signed in', async () => {
    await api.database.sql`update users set role = 'customer' where email = ${admin.email}`
    const asked = { url: `${api.url}/trpc/admin.locks.list`, headers: headers.admin, input: undefined }
    await expect.poll(() => askProcedure('query', asked)).toBe('403')
    await api.database.sql`update users set role = 'admin' where email = ${admin.email}`
    await expect.poll(() => askProcedure('query', asked)).toBe('in')
  })
})
