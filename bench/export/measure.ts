// One contender's turn: every snapshot as a line of NDJSON, to nowhere. Answers with a line of JSON.
import { createHash } from 'node:crypto'
import { parseArgs } from 'node:util'
import { readChunks } from '@gangway/core/exports'
import { openSql } from '@gangway/db/client'
import { openAnswers } from '../answers/context.ts'

export interface ExportMeasured {
  ms: number
  rows: number
  bytes: number
  sha256: string
  /** Of this process: at most, and at most in the first tenth. */
  peakRss: number
  earlyRss: number
}

const LOOK_EVERY_MS = 20
const SELECTED = `
  select s.session_id, to_char(s.completed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as completed_at, s.answer_schema_version,
    s.user_id, u.email, s.role, o.slug as org_slug, s.plan, s.variant, s.answers
  from onboarding_answer_snapshots s join users u on u.id = s.user_id
    left join organizations o on o.id = s.org_id and o.status <> 'abandoned'
  order by s.completed_at nulls first, s.session_id nulls first`

const { values } = parseArgs({
  options: {
    contender: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    snapshots: { type: 'string', default: '0' },
  },
})
const snapshots = Number(values.snapshots)
const hash = createHash('sha256')
let [rows, bytes, peakRss, earlyRss] = [0, 0, 0, 0]

function take(text: string | Buffer): void {
  hash.update(text)
  bytes += Buffer.byteLength(text)
}

const TURNS: Record<string, () => Promise<void>> = {
  async gangway() {
    const { ctx, close } = openAnswers(values.url)
    const selection = { filter: {}, format: 'ndjson' as const, before: new Date(), reading: 'in_order' as const }
    for await (const chunk of readChunks(ctx.db, selection)) {
      take(chunk.text)
      rows += chunk.rows
    }
    await close()
  },

  /** JSON has no control characters: with these for quote and delimiter, nothing is escaped. */
  async copy() {
    const sql = openSql({ url: values.url, name: 'bench-copy' })
    const stream = await sql
      .unsafe(
        `copy (select row_to_json(line)::text from (${SELECTED}) as line) to stdout (format csv, quote e'\\x01', delimiter e'\\x02')`,
      )
      .readable()
    for await (const piece of stream) take(piece)
    rows = snapshots
    await sql.end()
  },

  async 'row-by-row'() {
    const sql = openSql({ url: values.url, name: 'bench-rows' })
    for await (const [row] of sql.unsafe(SELECTED).cursor(1)) {
      take(`${JSON.stringify(row)}\n`)
      rows += 1
    }
    await sql.end()
  },
}

const watch = setInterval(() => {
  const { rss } = process.memoryUsage()
  peakRss = Math.max(peakRss, rss)
  if (bytes < snapshots * 80) earlyRss = Math.max(earlyRss, rss)
}, LOOK_EVERY_MS)
const began = performance.now()
await TURNS[values.contender]?.()
const ms = performance.now() - began
clearInterval(watch)
const measured: ExportMeasured = { ms, rows, bytes, sha256: hash.digest('hex'), peakRss, earlyRss }
console.log(JSON.stringify(measured))
