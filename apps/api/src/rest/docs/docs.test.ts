import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { testApi } from '../../testing/api.ts'
import type { OpenApi } from '../openapi/document.ts'
import { REST_ROUTES } from '../routes/index.ts'

const { url } = await testApi()

/** Every call that the specification names. */
const CALLS = [
  'GET /api/v1/admin/bootstrap/status',
  'POST /api/v1/admin/bootstrap',
  'POST /api/v1/tenants/dryrun',
  'POST /api/v1/tenants/onboard',
  'GET /api/users/me/onboarding-progress',
  'PATCH /api/users/me/onboarding-progress',
  'POST /api/onboarding/complete',
  'GET /api/v1/users/me/onboarding/status',
  'POST /api/v1/users/me/onboarding/retry',
  'GET /api/admin/onboarding/answers',
  'GET /api/admin/onboarding/answers/{userId}',
  'POST /api/v1/pipelines/run/{org_slug}/{provider}/{pipeline}',
  'GET /api/v1/pipelines/runs/{id}',
  'GET /api/v1/quota',
  'POST /api/webhooks/stripe',
  'POST /api/cron/billing-sync',
  'GET /health/live',
  'GET /health/ready',
  'GET /metrics',
]

/** As a program gets it. */
const document = z
  .custom<OpenApi>((value) => typeof value === 'object')
  .parse(await fetch(`${url}/api/openapi.json`).then((response) => response.json()))
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
)

describe('the OpenAPI document', () => {
  it('is one', async () => {
    expect(await new Validator().validate(structuredClone({ ...document }))).toEqual({ valid: true })
    expect(document).toMatchObject({ openapi: '3.1.0' })
  })

  it('has every call that was promised, each with a name of its own', () => {
    expect(operations.map(({ name }) => name).toSorted()).toEqual(CALLS.toSorted())
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length)
  })

  it('leads nowhere that it does not describe', () => {
    const text = JSON.stringify(document)
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(([, id]) => id)
    expect(referred.length).toBeGreaterThan(20)
    expect(referred.filter((id) => id === undefined || document.components.schemas[id] === undefined)).toEqual([])
    const schemes = operations.flatMap(({ operation }) => operation.security.flatMap((each) => Object.keys(each)))
    expect(schemes.filter((name) => document.components.securitySchemes[name] === undefined)).toEqual([])
    expect(text).not.toContain('$defs')
  })

  it('gives examples that are taken as they stand', () => {
    const routes = REST_ROUTES.filter(({ example }) => example !== undefined)
    expect(routes.length).toBeGreaterThan(3)
    const path = { org_slug: 'acme', provider: 'openai', pipeline: 'usage-sync' }
    for (const { input, example } of routes) {
      const names = Object.keys(input.shape)
      const inPath = Object.fromEntries(Object.entries(path).filter(([name]) => names.includes(name)))
      expect(input.safeParse({ ...inPath, ...example }).error).toBeUndefined()
    }
  })
})

describe('the page', () => {
  it('shows every call, needs no script and nothing from elsewhere', async () => {
    const response = await fetch(`${url}/api/docs`)
    const page = await response.text()
    for (const { operation } of operations) expect(page).toContain(`<article id="${operation.operationId}">`)
    expect(response.headers.get('content-security-policy')).toMatch(/default-src 'none'; style-src 'self'/)
    expect(page).not.toMatch(/<script|style=|https?:\/\//)
    const style = await fetch(`${url}/api/docs/style.css`)
    expect([style.status, style.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8'])
    expect(await style.text()).not.toMatch(/url\(|@import/)
  })
})
