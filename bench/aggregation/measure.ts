// One contender in a process of its own, so that none pays for another's garbage and timers. Its answer is its last line.
import { parseArgs } from 'node:util'
import postgres from 'postgres'
import { postgresCpu } from '../contenders/cpu.ts'
import { percentile } from '../statistics.ts'
import { openAppend, openGangway, openReplay, type OpenAggregator } from './contenders.ts'
import { type Completion, fillSessions } from './sessions.ts'

export interface Measured {
  perSecond: number
  /** Of a message, from when it is taken until its answers are committed; in milliseconds. */
  p50: number
  p99: number
  /** Processor time in milliseconds a completion. */
  nodeCpu: number
  postgresCpu: number
}

const CONTENDERS: Record<string, OpenAggregator> = { gangway: openGangway, append: openAppend, replay: openReplay }

const { values: options } = parseArgs({
  options: {
    contender: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    superuser: { type: 'string', default: '' },
    lanes: { type: 'string', default: '8' },
    warm: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '3' },
    completions: { type: 'string', default: '30000' },
    postmaster: { type: 'string', default: '' },
  },
})
const open = CONTENDERS[options.contender]
if (!open) throw new Error(`There is no contender ${options.contender}.`)
const lanes = Number(options.lanes)

const superuser = postgres(options.superuser, { max: 1 })
const waiting = await fillSessions(superuser, Number(options.completions))
await superuser`checkpoint`
await superuser.end()
const aggregator = await open({ url: options.url, lanes })

await keepBusy(Number(options.warm))
const postmaster = Number(options.postmaster)
const before = { node: process.cpuUsage(), postgres: postgresCpu(postmaster) ?? Number.NaN }
const began = performance.now()
const taken = await keepBusy(Number(options.seconds))
const elapsed = performance.now() - began
if (elapsed < Number(options.seconds) * 500) throw new Error('Too little waits for a turn: ask for more with --completions.')
const { user, system } = process.cpuUsage(before.node)
const ofPostgres = (postgresCpu(postmaster) ?? Number.NaN) - before.postgres
await aggregator.close()

const measured: Measured = {
  perSecond: (taken.length / elapsed) * 1000,
  p50: percentile(taken, 50),
  p99: percentile(taken, 99),
  nodeCpu: (user + system) / 1000 / taken.length,
  postgresCpu: ofPostgres / taken.length,
}
console.log(JSON.stringify(measured))

/** Keeps so many lanes going until the time is over or nothing waits, and answers how long each message took. */
async function keepBusy(seconds: number): Promise<number[]> {
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  const lane = async () => {
    while (performance.now() < until) {
      const batch: Completion[] = waiting.splice(-aggregator.batch)
      if (batch.length === 0) break
      const start = performance.now()
      await aggregator.aggregate(batch)
      const time = performance.now() - start
      for (const _ of batch) times.push(time)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return times
}
