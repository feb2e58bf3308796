import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { testApi } from '../testing/api.ts'
import { fetchLikeCurl, hasCurl, runCurl, type Shell, wordsOf } from './testing/curl.ts'

const { url, database, signUp } = await testApi()
const staff = await signUp('Staff')
const people = await signUp('Ada')
await database.sql`update users set role = 'admin' where email = ${staff.email}`
const [ada] = await database.sql<{ id: string }[]>`select id from users where email = ${people.email}`
// Three completions, so that two of them leave another page.
await database.sql`
  with org as (
    insert into organizations (run_id, slug, name) values (gen_random_uuid(), 'of_ada', 'Acme Corp') returning id
  ), session as (
    insert into onboarding_sessions (user_id, schema_version, manifest_version, current_step, checksum, status, completed_at)
    select ${ada?.id ?? ''}, 1, 1, 'workspace', '', 'completed', now() - n * interval '1 hour' from generate_series(1, 3) n returning *
  )
  insert into onboarding_answer_snapshots (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers, flat)
  select session.id, user_id, org.id, 'engineering', 'control', completed_at, 1,
         '{"profile":{"companyName":"Acme Corp"},"work":{"role":"engineering"}}', '{}' from session, org`
await database.sql`
  insert into subscriptions (org_id, checkout_session_id, plan, status, provider)
  select id, 'of_ada', 'PROFESSIONAL', 'active', 'sandbox' from organizations`

const folder = mkdtempSync(path.join(tmpdir(), 'gangway-curl-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const env = {
  GANGWAY_URL: url,
  GANGWAY_ROOT_KEY: database.rootKey,
  STAFF_EMAIL: staff.email,
  STAFF_PASSWORD: 'a long enough password',
}
const shell: Shell = { folder, env }
const run = hasCurl() ? runCurl : fetchLikeCurl

interface Example {
  command: string
  /** What the document says comes back; undefined where it says nothing. */
  answer: unknown
}

/** Every fenced call of curl, with the answer that stands below it. */
function examplesIn(markdown: string): Example[] {
  const blocks = [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, body]) => ({
    language,
    body: body ?? '',
  }))
  return blocks.flatMap(({ language, body }, index) => {
    if (language !== 'sh' || !body.startsWith('curl ')) return []
    const below = blocks[index + 1]
    return [{ command: body.trim(), answer: below?.language === 'json' ? JSON.parse(below.body) : undefined }]
  })
}

/** What kind of thing everything is: `{ rows: [{ id: 'string' }] }`. A list is as its first item; an empty one is any list. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])]
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner)]))
}

/** The words in capitals, such as codes and states, are said to be these very ones. */
function constantsOf(value: unknown): string[] {
  return JSON.stringify(value).match(/"(?:[A-Z]+_)*[A-Z]{4,}"/g) ?? []
}

const examples = examplesIn(readFileSync(new URL('../../../../docs/rest.md', import.meta.url), 'utf8'))

describe('docs/rest.md', () => {
  it('shows the main calls', () => {
    const all = examples.map(({ command }) => command).join('\n')
    for (const call of ['bootstrap/status', 'tenants/dryrun', 'tenants/onboard', 'admin/onboarding/answers'])
      expect(all).toContain(call)
    expect(examples.filter(({ answer }) => answer !== undefined).length).toBeGreaterThanOrEqual(6)
  })

  // One after the other: each goes on where the one before has ended.
  it.each(examples.map((example, index) => ({ ...example, index })))(
    'example $index is answered as it says',
    async ({ command, answer }) => {
      const answered: unknown = JSON.parse(await run(command, shell))
      if (answer === undefined) return expect(answered).not.toHaveProperty('error')
      expect(shapeOf(answered)).toEqual(shapeOf(answer))
      expect(constantsOf(answered)).toEqual(expect.arrayContaining(constantsOf(answer)))
    },
  )
})

describe('curl by fetch', () => {
  it('reads a command as a shell does', () => {
    const command = `curl -X POST "$A/b?c=$D" \\\n  -H 'X: $A' --json "{ \\"e\\": \\"$D\\" }"'{\n}'`
    expect(wordsOf(command, { A: 'http://a', D: 'd' })).toEqual([
      'curl',
      '-X',
      'POST',
      'http://a/b?c=d',
      '-H',
      'X: $A',
      '--json',
      '{ "e": "d" }{\n}',
    ])
  })

  it('gets what curl gets', async () => {
    // Each keeps its cookies in its own way.
    const another = mkdtempSync(path.join(folder, 'by-fetch-'))
    for (const { command } of examples.filter((each) => !/onboard"|dryrun/.test(each.command))) {
      const shapes = (await Promise.all([fetchLikeCurl(command, { env, folder: another }), run(command, shell)])).map((text) =>
        shapeOf(JSON.parse(text)),
      )
      expect(shapes[0]).toEqual(shapes[1])
    }
  })
})
