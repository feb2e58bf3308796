import { type ProgressEvent, progressEventSchema } from '@gangway/schemas/provisioning'
import { z } from 'zod'
import type { BaseContext, ProvisioningContext } from '../context.ts'

/** In case a wake-up was lost, each reader is looked at every 2 s: a part of them in each turn, so that no turn is long. */
const POLL_TURN_MS = 100
const POLL_TURNS = 20
/** How many readers share a question. */
const TOGETHER = 1000

/** One stream's place in one run's journal. */
export interface JournalReader {
  /** What stands after the last entries that were answered, as soon as there is something; nothing once it is closed. */
  next(): Promise<ProgressEvent[]>
  close(): void
}

export interface JournalFeed {
  /** From the entry after `seq` on. */
  follow(runId: string, seq: number): JournalReader
}

interface Place {
  runId: string
  seq: number
  /** The journal may have grown since the last look. */
  isRung: boolean
  /** Set while the stream waits: who does not ask is not read for, so that a client that does not read holds nothing. */
  answer: ((events: ProgressEvent[]) => void) | undefined
}

/** Reads the journal for all streams of this process together: thousands of them cost hardly more questions than one. */
export function createJournalFeed(
  ctx: Pick<BaseContext, 'db' | 'clock' | 'log'> & Pick<ProvisioningContext, 'wakeups'>,
): JournalFeed {
  const places = new Set<Place>()
  const due = new Set<Place>()
  let isReading = false
  /** While there are readers. */
  let polling: AbortController | undefined

  function ring(place: Place): void {
    place.isRung = true
    if (!place.answer) return
    due.add(place)
    if (!isReading) void readDue()
  }

  async function readDue(): Promise<void> {
    isReading = true
    // Whoever is rung in this turn of the event loop shares the question.
    await new Promise((resolve) => setImmediate(resolve))
    while (due.size > 0) {
      const asking = [...due].slice(0, TOGETHER)
      for (const place of asking) due.delete(place)
      await look(asking)
    }
    isReading = false
  }

  async function look(asking: Place[]): Promise<void> {
    for (const place of asking) place.isRung = false
    try {
      const found = await entriesAfter(ctx, asking)
      for (const place of asking) hand(place, found.get(place.runId) ?? [])
    } catch (error) {
      // The next look is the poll's.
      ctx.log.warn({ err: error }, 'the journal could not be read for its streams')
    }
  }

  /** Two looks at a time can find the same entries. */
  function hand(place: Place, found: ProgressEvent[]): void {
    const { answer } = place
    const events = found.filter(({ seq }) => seq > place.seq)
    if (!answer || events.length === 0) return
    place.seq = events.at(-1)?.seq ?? place.seq
    place.answer = undefined
    answer(events)
  }

  async function poll({ signal }: AbortController): Promise<void> {
    for (let turn = 0; !signal.aborted; turn = (turn + 1) % POLL_TURNS) {
      await ctx.clock.sleep(POLL_TURN_MS, signal)
      const asking = [...places].filter(({ answer }, index) => answer && index % POLL_TURNS === turn)
      if (asking.length > 0) await look(asking)
    }
  }

  return {
    follow(runId, seq) {
      const place: Place = { runId, seq, isRung: true, answer: undefined }
      const unsubscribe = ctx.wakeups.subscribe(runId, () => ring(place))
      places.add(place)
      if (!polling) void poll((polling = new AbortController()))
      return {
        next: () =>
          new Promise((resolve) => {
            if (!places.has(place)) return resolve([])
            place.answer = resolve
            if (place.isRung) ring(place)
          }),
        close() {
          unsubscribe()
          places.delete(place)
          due.delete(place)
          place.answer?.([])
          place.answer = undefined
          if (places.size > 0) return
          polling?.abort('idle')
          polling = undefined
        },
      }
    },
  }
}

const ENTRIES = `
  select s."runId", e.* from jsonb_to_recordset($1::text::jsonb) as s("runId" uuid, seq integer)
  cross join lateral (
    select seq, stage, status, attempt, at, run_state as "runState", failure from onboarding_stage_events
    where run_id = s."runId" and seq > s.seq order by seq
  ) e`

const entriesSchema = z.array(z.object({ ...progressEventSchema.shape, runId: z.string(), at: z.coerce.date() }))

/** What stands after the first of the places in each run, by the run. */
async function entriesAfter({ db }: Pick<BaseContext, 'db'>, places: Place[]): Promise<Map<string, ProgressEvent[]>> {
  const firsts = new Map<string, number>()
  for (const { runId, seq } of places) firsts.set(runId, Math.min(seq, firsts.get(runId) ?? seq))
  const asked = JSON.stringify([...firsts].map(([runId, seq]) => ({ runId, seq })))
  const rows = await db.$client.unsafe(ENTRIES, [asked], { prepare: true })
  const found = new Map<string, ProgressEvent[]>()
  for (const { runId, ...event } of entriesSchema.parse([...rows])) {
    const events = found.get(runId) ?? []
    events.push(event)
    found.set(runId, events)
  }
  return found
}
