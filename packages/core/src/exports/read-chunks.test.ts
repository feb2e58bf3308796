import { testDatabase } from '@gangway/db/testing'
import type { AnswersFilter } from '@gangway/schemas/answers'
import type { ExportFormat } from '@gangway/schemas/exports'
import type { DraftAnswers } from '@gangway/schemas/questionnaire'
import { beforeAll, describe, expect, it } from 'vitest'
import { newOrganization } from '../testing/organization.ts'
import { newUser } from '../testing/new-user.ts'
import { type Chunk, type Place, readChunks } from './read-chunks.ts'

const { db, sql } = await testDatabase()
const before = new Date('2026-06-01')
const ada = await newUser(db, { email: '=ada@example.com' })
const acme = await newOrganization(db)

async function insert(at: string, answers: DraftAnswers, flat: string[] = []): Promise<string> {
  const id = crypto.randomUUID()
  await sql`
    insert into onboarding_answer_snapshots (session_id, user_id, org_id, role, variant, completed_at, answer_schema_version, answers, flat)
    values (${id}, ${ada.id}, ${acme.id}, 'data', 'control', ${at}::text::timestamptz, 3, ${sql.json(answers)}, ${flat})`
  return id
}

async function read({
  filter = {},
  format = 'ndjson',
  from,
  reading = 'in_order',
}: {
  filter?: AnswersFilter
  format?: ExportFormat
  from?: Place
  reading?: 'in_order' | 'gathered'
} = {}): Promise<Chunk[]> {
  const chunks: Chunk[] = []
  for await (const chunk of readChunks(db, { filter, format, before, reading }, from)) chunks.push(chunk)
  return chunks
}

const text = (chunks: readonly Chunk[]) => chunks.map((chunk) => chunk.text).join('')

describe('a line', () => {
  beforeAll(() => sql`truncate onboarding_answer_snapshots`)

  it('has its keys in one order and the time to the microsecond, whatever is in it', async () => {
    const answers = { work: { role: 'data' }, profile: { fullName: 'Ada "the\nfirst" \\ Lovelace', companyName: 'Größe' } }
    const id = await insert('2026-01-01T10:00:00.123456Z', answers)
    const line = text(await read())
    expect(Object.keys(JSON.parse(line))).toEqual([
      ...['session_id', 'completed_at', 'answer_schema_version', 'user_id', 'email', 'role', 'org_slug', 'plan', 'variant'],
      'answers',
    ])
    expect(JSON.parse(line)).toMatchObject({
      ...{ session_id: id, completed_at: '2026-01-01T10:00:00.123456Z', answer_schema_version: 3, user_id: ada.id },
      ...{ email: ada.email, role: 'data', org_slug: acme.slug, plan: 'PROFESSIONAL', variant: 'control', answers },
    })
    expect(line.indexOf('\n')).toBe(line.length - 1)
  })

  it('of CSV is quoted where it has to be, and no formula of a spreadsheet', async () => {
    await sql`truncate onboarding_answer_snapshots`
    await insert('2026-01-01T10:00:00Z', {
      profile: { fullName: '=HYPERLINK("http://x","y")', jobTitle: ' +1', companyName: 'Acme, Inc' },
      work: { functions: ['analytics', 'budgeting'] },
      invites: { invites: [{ email: '@x', role: 'admin' }] },
      preferences: { productNews: true },
    })
    const [header, line, rest] = text(await read({ format: 'csv' })).split('\r\n')
    expect(rest).toBe('')
    expect(header).toMatch(/^session_id,completed_at,answer_schema_version,.*,profile\.fullName,.*,answers$/)
    expect(line).toContain(`,"'=HYPERLINK(""http://x"",""y"")",,"' +1","Acme, Inc",`)
    expect(line).toContain(`,"'=ada@example.com",data,`)
    expect(line).toContain(`,analytics; budgeting,`)
    expect(line).toContain(`,"'@x admin",`)
    expect(line?.split(',')[0]).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('chunks', () => {
  const ROWS = 11_000

  beforeAll(async () => {
    await sql`truncate onboarding_answer_snapshots`
    // Many at the same microsecond, also where a chunk ends.
    await sql`
      insert into onboarding_answer_snapshots (session_id, user_id, role, variant, completed_at, answer_schema_version, answers, flat)
      select gen_random_uuid(), ${ada.id}, case when n % 3 = 0 then 'finance' else 'data' end, 'control',
        timestamptz '2026-02-01' + (n / 300) * interval '1 microsecond', 1, jsonb_build_object('tools', jsonb_build_object('tools', jsonb_build_array('tool ' || n))),
        array['tools.tools=tool ' || n % 2]
      from generate_series(1, ${ROWS}) n`
    await sql`
      insert into onboarding_answer_snapshots (session_id, user_id, variant, completed_at, answer_schema_version, answers)
      values (gen_random_uuid(), ${ada.id}, 'control', ${before}, 1, '{}')`
  })

  it('hold every row once, oldest first, and none that came later', async () => {
    const chunks = await read()
    expect(chunks.map(({ rows }) => rows)).toEqual([5000, 5000, 1000])
    const ids = text(chunks).trimEnd().split('\n').map(idOf)
    const expected = await sql`
      select session_id from onboarding_answer_snapshots where completed_at < ${before} order by completed_at, session_id`
    expect(ids).toEqual(expected.map((row) => row['session_id']))
  })

  it.each(['ndjson', 'csv'] as const)('go on from any place with the same bytes, as %s', async (format) => {
    const whole = await read({ format })
    for (const [index, { position }] of whole.slice(0, -1).entries()) {
      const rest = await read({ format, from: { chunks: index + 1, position } })
      expect(text(whole.slice(0, index + 1)) + text(rest)).toBe(text(whole))
    }
  })

  it('are the same however they are read', async () => {
    for (const filter of [{ roles: ['data' as const] }, { answers: [{ step: 'tools', field: 'tools', value: 'tool 1' }] }]) {
      expect(text(await read({ filter }))).toBe(text(await read({ filter, reading: 'gathered' })))
      expect((await read({ filter })).reduce((rows, chunk) => rows + chunk.rows, 0)).toBeGreaterThan(5000)
    }
  })

  it('are one that is empty where nothing passes', async () => {
    expect(await read({ filter: { org: 'nobody' } })).toEqual([{ text: '', rows: 0, position: undefined }])
    expect(text(await read({ filter: { org: 'nobody' }, format: 'csv' }))).toMatch(/^session_id,[^\n]*\r\n$/)
  })
})

function idOf(line: string): unknown {
  const parsed: { session_id: unknown } = JSON.parse(line)
  return parsed.session_id
}
