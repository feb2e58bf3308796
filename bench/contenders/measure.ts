// One contender in a process of its own, so that none pays for another's garbage and timers. Its answer is its last line.
import { parseArgs } from 'node:util'
import { percentile } from '../statistics.ts'
import { startProfile } from '../profile.ts'
import type { Contender, OpenContender } from './contender.ts'
import { postgresCpu } from './cpu.ts'

export interface Measured {
  runs: number
  perSecond: number
  /** Of a run, in milliseconds. */
  p50: number
  p99: number
  /** Processor time in milliseconds a run: what is left of a figure when the machine is busy with something else. */
  nodeCpu: number
  postgresCpu: number
}

const CONTENDERS: Record<string, () => Promise<OpenContender>> = {
  gangway: async () => (await import('./gangway.ts')).openGangway,
  'bare-sql': async () => (await import('./bare-sql.ts')).openBareSql,
  'one-statement': async () => (await import('./one-statement.ts')).openOneStatement,
  dbos: async () => (await import('./dbos.ts')).openDbos,
  'pg-boss': async () => (await import('./pg-boss.ts')).openPgBoss,
}

const { values: options } = parseArgs({
  options: {
    contender: { type: 'string', default: '' },
    url: { type: 'string', default: '' },
    'at-once': { type: 'string', default: '1' },
    warm: { type: 'string', default: '1' },
    seconds: { type: 'string', default: '2' },
    postmaster: { type: 'string', default: '' },
    profile: { type: 'string' },
  },
})
const load = CONTENDERS[options.contender]
if (!load) throw new Error(`There is no contender ${options.contender}.`)
const atOnce = Number(options['at-once'])
const open = await load()
const contender = await open({ url: options.url, atOnce })

await keepBusy(contender, Number(options.warm))
const profile = options.profile === undefined ? undefined : await startProfile(options.profile)
const postmaster = Number(options.postmaster)
const before = { node: process.cpuUsage(), postgres: postgresCpu(postmaster) ?? Number.NaN }
const began = performance.now()
const latencies = await keepBusy(contender, Number(options.seconds))
const elapsed = performance.now() - began
const { user, system } = process.cpuUsage(before.node)
const ofPostgres = (postgresCpu(postmaster) ?? Number.NaN) - before.postgres
await profile?.stop(latencies.length)
await contender.close()

const measured: Measured = {
  runs: latencies.length,
  perSecond: (latencies.length / elapsed) * 1000,
  p50: percentile(latencies, 50),
  p99: percentile(latencies, 99),
  nodeCpu: (user + system) / 1000 / latencies.length,
  postgresCpu: ofPostgres / latencies.length,
}
console.log(JSON.stringify(measured))

/** Keeps so many runs going, and waits for those that are on their way when the time is over. */
async function keepBusy({ run }: Contender, seconds: number): Promise<number[]> {
  const until = performance.now() + seconds * 1000
  const taken: number[] = []
  const lane = async () => {
    while (performance.now() < until) {
      const start = performance.now()
      await run()
      taken.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
  return taken
}
