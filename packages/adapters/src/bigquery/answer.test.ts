import { inspect } from 'node:util'
import { BigQuery } from '@google-cloud/bigquery'
import { testDatabase } from '@gangway/db/testing'
import { OAuth2Client } from 'google-auth-library'
import { afterAll, describe, expect, it } from 'vitest'
import { answerWithin } from './answer.ts'
import { failureOf, fakeWorld, PROJECT } from './testing.ts'

const { fake } = await fakeWorld(await testDatabase())
afterAll(() => fake.close())

const TOKEN = 'ya29.secret-token'

describe('answerWithin', () => {
  it('leaves no token in what is logged of a failure', async () => {
    const authClient = new OAuth2Client()
    authClient.setCredentials({ access_token: TOKEN })
    const client = new BigQuery({ projectId: PROJECT, apiEndpoint: fake.url, autoRetry: false, authClient })
    const request = () => client.dataset('nowhere').getMetadata()
    expect(inspect(await failureOf(request), { depth: 20 })).toContain(TOKEN)
    const shown = await failureOf(() => answerWithin(10_000, request()))
    expect(shown).toMatchObject({ code: 404 })
    expect(inspect(shown, { depth: 20 }) + JSON.stringify(shown) + shown.message).not.toContain(TOKEN)
  })
})
