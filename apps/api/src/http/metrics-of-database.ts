import { readAnswersLag } from '@gangway/core/answers'
import { readAlerts, readRunMetrics } from '@gangway/core/provisioning'
import { Gauge, type Registry } from 'prom-client'
import type { Composition } from '../compose.ts'
import { readQueueDepth } from '../jobs/queue-depth.ts'

const RECENT = 'of the newest 1,000 runs of the last hour.'
const ANSWERED = 'of the newest 1,000 of the last hour.'

/** Gauges of what is in the database, the same in every process, and the function that reads it. */
export function watchDatabase({ contexts, log }: Composition, registry: Registry): () => Promise<void> {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `gangway_${name}`, help, labelNames, registers: [registry] })
  const up = gauge('database_up', 'Whether the database has answered for these metrics.')
  const runs = gauge('runs_unfinished', 'Runs that have not come to an end, by state.', ['state'])
  const durations = gauge('stage_seconds', `Seconds from start to completion of a stage, ${RECENT}`, ['stage', 'quantile'])
  const completed = gauge('stage_completions', `Completed stages, ${RECENT}`, ['stage'])
  const retried = gauge('stage_retries', `Retries of stages, ${RECENT}`, ['stage'])
  const takeovers = gauge('lock_takeovers', `Stages that another process went on with, ${RECENT}`, ['stage'])
  const jobs = gauge('queue_jobs', 'Jobs that nobody has taken yet, due now or later.', ['queue', 'due'])
  const visible = gauge('answers_visible_seconds', `Seconds from completion until admins see it, ${ANSWERED}`, ['quantile'])
  const deltas = gauge('answers_deltas', 'Contributions to totals that wait for the roll-up. Readers add them up.')
  const oldestDelta = gauge('answers_oldest_delta_seconds', 'How long the oldest of these has waited.')
  const alerts = gauge('alert_value', 'Pending and failed syncs, age of the oldest lock, lag of answers.', ['kind'])
  const thresholds = gauge('alert_threshold', 'Above this, staff are warned.', ['kind'])

  async function read(): Promise<void> {
    const { base } = contexts
    const [found, raised, queues, lag] = await Promise.all([
      readRunMetrics(base),
      readAlerts(base),
      readQueueDepth(base),
      readAnswersLag(base),
    ])
    for (const each of [durations, completed, retried, takeovers, jobs, visible]) each.reset()
    for (const [state, count] of Object.entries(found.unfinished)) runs.set({ state }, count)
    for (const { stage, median, p90, p99, ...counts } of found.stages) {
      for (const [quantile, seconds] of byQuantile({ median, p90, p99 })) durations.set({ stage, quantile }, seconds)
      completed.set({ stage }, counts.completed)
      retried.set({ stage }, counts.retried)
      takeovers.set({ stage }, counts.takenOver)
    }
    for (const [quantile, seconds] of byQuantile(lag)) visible.set({ quantile }, seconds)
    deltas.set(lag.waiting)
    oldestDelta.set(lag.oldest)
    for (const { queue, waiting, deferred } of queues) {
      jobs.set({ queue, due: 'now' }, waiting)
      jobs.set({ queue, due: 'later' }, deferred)
    }
    for (const { kind, value, threshold } of raised) {
      alerts.set({ kind }, value)
      thresholds.set({ kind }, threshold)
    }
  }

  return async () => {
    try {
      await read()
      up.set(1)
    } catch (err) {
      log.warn({ err }, 'the database could not be asked for metrics')
      up.set(0)
    }
  }
}

type Seconds = number | null

/** Only those that are known. */
function byQuantile({ median, p90, p99 }: { median: Seconds; p90: Seconds; p99: Seconds }): [string, number][] {
  const all = { '0.5': median, '0.9': p90, '0.99': p99 }
  return Object.entries(all).flatMap(([quantile, seconds]) => (seconds === null ? [] : [[quantile, seconds]]))
}
