import { onboardingAnswerSnapshots as snapshots } from '@gangway/db/schema'
import type { AnswerTotals, AnswerTotalsInput } from '@gangway/schemas/answer-totals'
import { z } from 'zod'
import { recordAudit } from '../audit/index.ts'
import type { AnswersContext } from '../context.ts'
import { withinTime } from '../paging/index.ts'
import { assertFilter, matching } from './filter.ts'
import { fromSnapshots, fromTotals } from './totals-queries.ts'

/** A filter that lets a million people through takes about half of this. */
const PATIENCE_MS = 15_000

const rowsSchema = z.array(z.object({ step: z.string(), field: z.string(), value: z.string(), total: z.number() }))
type Row = z.infer<typeof rowsSchema>[number]

interface ReadTotals extends AnswerTotalsInput {
  /** The admin who reads. */
  actorId: string
}

/**
 * How many people gave which answer, to the unit: without a filter from the totals and the deltas that wait, with one from
 * the snapshots. What people typed is among the values, so every call is in the audit log.
 *
 * Throws INPUT_INVALID for a filter that nothing can pass, FILTER_TOO_BROAD where counting takes longer than 15 s.
 */
export async function answerTotals(ctx: AnswersContext, { actorId, step, filter, limit }: ReadTotals): Promise<AnswerTotals> {
  assertFilter(filter)
  const wanted = matching(filter)
  const at = ctx.clock.now()
  const subject = { type: 'answers_totals', id: step ?? 'all steps' }
  return withinTime(ctx.db, PATIENCE_MS, async (tx) => {
    await recordAudit(tx, { actorId, at, action: 'answers.read', subject, detail: { filter } })
    // One more of each question tells whether there are others.
    const query = wanted ? fromSnapshots({ step, limit: limit + 1, wanted }) : fromTotals({ step, limit: limit + 1 })
    const rows = rowsSchema.parse([...(await tx.execute(query))])
    return { people: await tx.$count(snapshots, wanted), fields: byField(rows, limit) }
  })
}

function byField(rows: Row[], limit: number): AnswerTotals['fields'] {
  const fields = Map.groupBy(rows, ({ step, field }) => `${step}.${field}`)
  return [...fields.values()].flatMap((group) => {
    const [first] = group
    const values = group.slice(0, limit).map(({ value, total }) => ({ value, total }))
    return first ? [{ step: first.step, field: first.field, values, more: group.length > limit }] : []
  })
}
