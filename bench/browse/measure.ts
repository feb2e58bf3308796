// One contender's turn: pages of 50 by role and window, the first and a deep one. Answers with a line of JSON.
import { parseArgs } from 'node:util'
import { listAnswers } from '@gangway/core/answers'
import { openSql } from '@gangway/db/client'
import type { AnswersFilter } from '@gangway/schemas/answers'
import { openAnswers, type Statement } from '../answers/context.ts'
import { percentile } from '../statistics.ts'

export interface PagesMeasured {
  p50: number
  p95: number
  p99: number
  pages: number
  /** Of one page. */
  rows: number
}

const LIMIT = 50
const ROLE = 'engineering'
const WINDOW = { from: '2025-01-01', before: '2026-10-01' }
const FILTER: AnswersFilter = { roles: [ROLE], completedFrom: new Date(WINDOW.from), completedBefore: new Date(WINDOW.before) }

const { values } = parseArgs({
  options: {
    contender: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    depth: { type: 'string', default: '0' },
    warm: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3' },
  },
})
const depth = Number(values.depth)

const statements: Statement[] = []
let records = false
const { ctx, close } = openAnswers(values.url, (statement) => records && statements.push(statement))
const sql = openSql({ url: values.url, max: 4, name: 'bench-floor' })
const actorId = crypto.randomUUID()

/** What leads to the page after so many rows. */
async function cursorAt(rows: number): Promise<string | null> {
  let cursor: string | null = null
  for (let seen = 0; seen < rows; seen += 200) {
    const page = await listAnswers(ctx, { actorId, filter: FILTER, limit: 200, cursor })
    cursor = page.nextCursor
  }
  return cursor
}

async function contender(): Promise<() => Promise<number>> {
  if (values.contender === 'offset') return byOffset
  const cursor = await cursorAt(depth)
  const gangway = async () => (await listAnswers(ctx, { actorId, filter: FILTER, limit: LIMIT, cursor })).rows.length
  if (values.contender === 'gangway') return gangway
  records = true
  await gangway()
  records = false
  if (values.contender === 'same-sql') return sameSql
  const page = statements.find(({ text }) => text.includes('"chosen"'))
  if (!page) throw new Error('there is no statement for the page')
  return async () => (await send(page)).length - 1
}

function send({ text, params }: Statement, through: Pick<typeof sql, 'unsafe'> = sql) {
  return through.unsafe(
    text,
    params.map((param) =>
      param instanceof Date ? param.toISOString() : typeof param === 'string' ? param : JSON.stringify(param),
    ),
  )
}

/** What the product sends, in a transaction as well, and nothing around it. */
async function sameSql(): Promise<number> {
  const results = await sql.begin((tx) => Promise.all(statements.map((statement) => send(statement, tx))))
  return Math.max(...results.map((rows) => rows.length)) - 1
}

async function byOffset(): Promise<number> {
  const rows = await sql`
    select s.*, u.email, o.slug from onboarding_answer_snapshots s join users u on u.id = s.user_id left join organizations o on o.id = s.org_id
    where s.role = ${ROLE} and s.completed_at >= ${WINDOW.from} and s.completed_at < ${WINDOW.before}
    order by s.completed_at desc nulls last, s.session_id desc nulls last offset ${depth} limit ${LIMIT}`
  return rows.length
}

const ask = await contender()
const until = (seconds: number) => performance.now() + seconds * 1000
for (const end = until(Number(values.warm)); performance.now() < end;) await ask()
const times: number[] = []
let rows = 0
for (const end = until(Number(values.seconds)); performance.now() < end;) {
  const began = performance.now()
  rows = await ask()
  times.push(performance.now() - began)
}
await Promise.all([close(), sql.end()])
const measured: PagesMeasured = {
  ...{ p50: percentile(times, 50), p95: percentile(times, 95), p99: percentile(times, 99) },
  ...{ pages: times.length, rows },
}
console.log(JSON.stringify(measured))
