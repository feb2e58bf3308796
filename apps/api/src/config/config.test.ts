import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { ConfigError } from './env.ts'

const DATA_DIR = mkdtempSync(path.join(tmpdir(), 'gangway-config-'))
afterAll(() => rmSync(DATA_DIR, { recursive: true, force: true }))

const STRIPE = { STRIPE_SECRET_KEY: 'sk_test_0123456789', STRIPE_WEBHOOK_SECRET: 'whsec_0123456789' }
const KEY = 'projects/acme-prod/locations/eu/keyRings/gangway/cryptoKeys/secrets'

const load = (env: Record<string, string>) => loadConfig({ DATA_DIR, ...env })

/** The lines of the refusal, without its first. */
function problems(env: Record<string, string>): string[] {
  try {
    load(env)
    return []
  } catch (error) {
    if (error instanceof ConfigError)
      return error.message
        .split('\n')
        .slice(1)
        .map((line) => line.trim())
    throw error
  }
}

describe('the configuration', () => {
  it('needs nothing: every port has its embedded default', () => {
    const { billing, warehouse, vault, mail, database } = load({})
    const chosen = [billing, warehouse, vault, mail, database].map(({ provider }) => provider)
    expect(chosen).toEqual(['sandbox', 'postgres', 'local', 'outbox', 'embedded'])
  })

  it('uses the real thing for each port that is named, one at a time', () => {
    expect(load(STRIPE)).toMatchObject({ billing: { provider: 'stripe' }, warehouse: { provider: 'postgres' } })
    expect(load({ BIGQUERY_PROJECT_ID: 'acme-prod' }).warehouse).toEqual({ provider: 'bigquery', projectId: 'acme-prod' })
    expect(load({ KMS_KEY_NAME: KEY }).vault).toEqual({ provider: 'cloud-kms', keyName: KEY })
    const mail = { SMTP_URL: 'smtps://user:secret@mail.example.com', MAIL_FROM: 'Acme <hello@acme.example>' }
    expect(load(mail).mail).toEqual({ provider: 'smtp', url: mail.SMTP_URL, from: mail.MAIL_FROM })
  })

  it('needs nothing beside the name of each outside production, and says what production needs', () => {
    const [stripe, smtp] = [{ STRIPE_SECRET_KEY: STRIPE.STRIPE_SECRET_KEY }, { SMTP_URL: 'smtp://mail.example.com' }]
    expect(load(stripe).billing).toMatchObject({ provider: 'stripe', webhookSecret: expect.stringMatching(/.{24,}/) })
    expect(load(smtp).mail).toMatchObject({ provider: 'smtp', from: 'Gangway <gangway@mail.example.com>' })
    expect(load({ SMTP_URL: 'smtp://127.0.0.1:2525' }).mail).toMatchObject({ from: 'Gangway <gangway@localhost>' })
    const named = problems({ GANGWAY_ENV: 'production', ...stripe, ...smtp }).map((line) => line.split(':')[0])
    expect(named.slice(0, 2)).toEqual(['STRIPE_WEBHOOK_SECRET', 'MAIL_FROM'])
  })

  it('says one thing where one thing is wrong', () => {
    expect(problems({ STRIPE_SECRET_KEY: 'pk_test_0123456789' })).toEqual([
      'STRIPE_SECRET_KEY: must be a secret or restricted key of Stripe: sk_test_…, sk_live_…, rk_test_… or rk_live_…',
    ])
  })

  it('says everything that is wrong at once, and no value of it', () => {
    const secret = 'pk_live_this_is_secret'
    const said = problems({
      STRIPE_SECRET_KEY: secret,
      API_PORT: '99999',
      SMTP_URL: 'http://x',
      KMS_KEY_NAME: 'secrets',
      ADMIN_EMAIL: 'ann',
    })
    for (const name of ['STRIPE_SECRET_KEY', 'API_PORT', 'SMTP_URL', 'KMS_KEY_NAME', 'ADMIN_EMAIL'])
      expect(said.filter((line) => line.startsWith(`${name}:`))).toHaveLength(1)
    expect(said.join()).not.toContain(secret)
  })

  it('refuses what belongs to a provider that is not named', () => {
    expect(problems({ STRIPE_WEBHOOK_SECRET: STRIPE.STRIPE_WEBHOOK_SECRET, KMS_API_ENDPOINT: 'http://localhost:1' })).toEqual([
      'STRIPE_WEBHOOK_SECRET: does nothing without STRIPE_SECRET_KEY',
      'KMS_API_ENDPOINT: does nothing without KMS_KEY_NAME',
    ])
  })

  it('believes no proxy that it was not told of', () => {
    expect(load({}).trustedProxies).toEqual([])
    expect(load({ TRUSTED_PROXIES: '10.0.0.0/8, ::1,loopback' }).trustedProxies).toEqual(['10.0.0.0/8', '::1', 'loopback'])
    expect(problems({ TRUSTED_PROXIES: '10.0.0.0/8,everybody' })).toEqual([
      'TRUSTED_PROXIES: must be addresses or networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas',
    ])
  })

  it('takes an empty value for none', () => {
    expect(load({ STRIPE_SECRET_KEY: '', SMTP_URL: '' }).billing.provider).toBe('sandbox')
  })

  it('keeps answers for ever unless told, and nothing for a shorter time than is safe', () => {
    expect(load({})).toMatchObject({ telemetryDays: 400, journalDays: 400, answersDays: undefined })
    const told = { TELEMETRY_RETENTION_DAYS: '90', JOURNAL_RETENTION_DAYS: '60', ANSWERS_RETENTION_DAYS: '30' }
    expect(load(told)).toMatchObject({ telemetryDays: 90, journalDays: 60, answersDays: 30 })
    expect(problems({ TELEMETRY_RETENTION_DAYS: '59', JOURNAL_RETENTION_DAYS: '59', ANSWERS_RETENTION_DAYS: '29' })).toEqual([
      'TELEMETRY_RETENTION_DAYS: must be at least 60',
      'JOURNAL_RETENTION_DAYS: must be at least 60',
      'ANSWERS_RETENTION_DAYS: must be at least 30',
    ])
    expect(problems({ ANSWERS_RETENTION_DAYS: '30.5' })).toHaveLength(1)
  })

  it('keeps what former root keys have sealed and signed readable', () => {
    const [now, before] = ['n'.repeat(32), 'b'.repeat(32)]
    const { vault, secrets } = load({ GANGWAY_ROOT_KEY: now, GANGWAY_PREVIOUS_ROOT_KEYS: ` ${before}` })
    expect(vault).toMatchObject({ rootKey: now, previousRootKeys: [before] })
    expect(secrets.mailLinkKeys[1]).toBe(load({ GANGWAY_ROOT_KEY: before }).secrets.mailLinkKeys[0])
  })

  it('lets production run neither on the sandbox nor on secrets that were generated', () => {
    const named = problems({ GANGWAY_ENV: 'production' }).map((line) => line.split(':')[0])
    expect(named).toEqual(['STRIPE_SECRET_KEY', 'GANGWAY_ROOT_KEY', 'GANGWAY_KEY_PEPPER', 'ADMIN_PASSWORD'])
    const secrets = { GANGWAY_ROOT_KEY: 'r'.repeat(32), GANGWAY_KEY_PEPPER: 'p'.repeat(32), ADMIN_PASSWORD: 'a good password' }
    expect(load({ GANGWAY_ENV: 'production', ...STRIPE, ...secrets }).isProduction).toBe(true)
  })
})
