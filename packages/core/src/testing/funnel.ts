import type { TelemetryName } from '@gangway/schemas/telemetry'
import { type Funnel, MILESTONES, type Milestone, type Spread, type Stop, type Stopped } from '@gangway/schemas/funnel'

/** An event as it was recorded; times in milliseconds. */
export interface ToldEvent {
  userId: string
  name: TelemetryName
  step: string | null
  at: number
  elapsedMs: number
}

const DAY_MS = 24 * 60 * 60 * 1000
const STEP_ORDER = ['profile', 'work', 'tools', 'invites', 'preferences', 'workspace']

/** What a funnel has to be, told one event after the other; without the titles of steps and without the database's help. */
export function recountFunnel(
  events: readonly ToldEvent[],
  { now, runTrouble = {} }: { now: number; runTrouble?: Readonly<Record<string, 'validation' | 'system'>> },
) {
  const people = [...Map.groupBy(events, ({ userId }) => userId)].map(([userId, own]) => ({
    ...{ own, stop: stopOf(own, { now, trouble: runTrouble[userId] }) },
    reached: MILESTONES.filter((milestone) => milestone === 'started' || own.some(({ name }) => is(name, milestone))),
  }))
  const stopped = (at: 'milestone' | 'step', place: string): Stopped => {
    const of = (reason: Stop) =>
      people.filter(({ stop }) => stop?.at === at && stop.place === place && stop.reason === reason).length
    return { waiting: of('waiting'), left: of('left'), validation: of('validation'), system: of('system') }
  }
  const steps = STEP_ORDER.filter((step) => events.some((event) => event.step === step)).map((step) => {
    const each = people.map(({ own }) => own.filter((event) => event.step === step)).filter(({ length }) => length > 0)
    const having = (...names: TelemetryName[]) => each.filter((own) => own.some(({ name }) => names.includes(name)))
    const trouble = (name: TelemetryName) => ({
      times: each.flat().filter((event) => event.name === name).length,
      people: having(name).length,
    })
    const completed = having('step_completed')
    return {
      ...{ step, viewed: each.length, completed: completed.length, stopped: stopped('step', step) },
      skipped: having('step_skipped').filter((own) => !completed.includes(own)).length,
      time: spread(completed.map((own) => Math.round((first(own, 'step_completed')?.elapsedMs ?? 0) / 1000))),
      retries: trouble('save_retried'),
      conflicts: trouble('save_conflicted'),
      offlineSaves: trouble('save_queued'),
    }
  })
  const toValue = people.flatMap(({ own }) => {
    const [begin, value] = [first(own), first(own, 'first_value')]
    return begin && value ? Math.round((value.at - begin.at) / 1000) : []
  })
  return {
    steps,
    milestones: MILESTONES.map((milestone) => ({
      ...{ milestone, people: people.filter(({ reached }) => reached.includes(milestone)).length },
      stopped: stopped('milestone', milestone),
    })),
    timeToFirstValue: spread(toValue),
  } satisfies Omit<Funnel, 'steps'> & { steps: Omit<Funnel['steps'][number], 'title'>[] }
}

function is(name: TelemetryName, milestone: Milestone): boolean {
  return name === milestone
}

function inTime(events: readonly ToldEvent[]): ToldEvent[] {
  return events.toSorted((one, other) => one.at - other.at)
}

function first(events: readonly ToldEvent[], name?: TelemetryName): ToldEvent | undefined {
  return inTime(events).find((event) => name === undefined || event.name === name)
}

function spread(seconds: readonly number[]): Spread | null {
  const sorted = seconds.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0
  return sorted.length === 0 ? null : { median: at(0.5), p90: at(0.9) }
}

interface Place {
  at: 'milestone' | 'step'
  place: string
  reason: Stop
}

function stopOf(
  own: readonly ToldEvent[],
  { now, trouble }: { now: number; trouble: 'validation' | 'system' | undefined },
): Place | null {
  const furthest = MILESTONES.findLast((milestone) => own.some(({ name }) => is(name, milestone)))
  if (furthest === 'first_value') return null
  const reason = (why: Stop): Stop => (own.some(({ at }) => at > now - DAY_MS) ? 'waiting' : why)
  if (furthest)
    return { at: 'milestone', place: furthest, reason: reason((furthest === 'checkout_started' && trouble) || 'left') }
  const done = own.filter(({ name }) => name === 'step_completed' || name === 'step_skipped').map(({ step }) => step)
  const last = inTime(own).findLast(({ step }) => step !== null && !done.includes(step))
  if (!last?.step) return { at: 'milestone', place: 'started', reason: reason('left') }
  return { at: 'step', place: last.step, reason: reason(whyAt(own.filter(({ step }) => step === last.step))) }
}

/** Goes through what happened on a step: the last refusal holds, and so does a failure until a save is sent that gets through. */
function whyAt(own: readonly ToldEvent[]): Stop {
  let [refused, failed] = [false, false]
  for (const { name } of inTime(own)) {
    if (name === 'validation_failed') [refused, failed] = [true, false]
    if (name === 'save_retried' || name === 'save_queued') failed = true
    if (name === 'save_attempted') failed = false
  }
  if (failed) return 'system'
  return refused ? 'validation' : 'left'
}
