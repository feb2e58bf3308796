import { writeFileSync } from 'node:fs'
import type { Profiler } from 'node:inspector'
import { Session } from 'node:inspector/promises'

const SAMPLED_EVERY_MICROSECONDS = 200
const LINES = 40

/** Samples this process until `stop`, which writes the profile and says where the time of a run went. */
export async function startProfile(file: string): Promise<{ stop(runs: number): Promise<void> }> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: SAMPLED_EVERY_MICROSECONDS })
  await session.post('Profiler.start')
  return {
    async stop(runs) {
      const { profile } = await session.post('Profiler.stop')
      session.disconnect()
      writeFileSync(file, JSON.stringify(profile))
      console.error(summary(profile, runs))
    },
  }
}

/** Self time in microseconds a run, by package and by function. */
function summary({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile, runs: number): string {
  const self = new Map<number, number>()
  for (const [index, id] of samples.entries()) self.set(id, (self.get(id) ?? 0) + (timeDeltas[index] ?? 0))
  const functions = new Map<string, number>()
  const packages = new Map<string, number>()
  for (const { id, callFrame } of nodes) {
    const time = (self.get(id) ?? 0) / runs
    const owner = ownerOf(callFrame.url, callFrame.functionName)
    const name = `${callFrame.functionName || '(anonymous)'} ${owner}:${callFrame.lineNumber + 1}`
    functions.set(name, (functions.get(name) ?? 0) + time)
    packages.set(owner.split(' ')[0] ?? owner, (packages.get(owner.split(' ')[0] ?? owner) ?? 0) + time)
  }
  return ['self time in µs a run, by package', ...top(packages), '', 'by function', ...top(functions)].join('\n')
}

function top(times: Map<string, number>): string[] {
  return [...times]
    .sort(([, a], [, b]) => b - a)
    .slice(0, LINES)
    .filter(([, time]) => time >= 0.5)
    .map(([name, time]) => `${time.toFixed(1).padStart(9)}  ${name}`)
}

/** The package and its file: `drizzle-orm sql/sql.js`. */
function ownerOf(url: string, functionName: string): string {
  if (url.startsWith('node:')) return url
  if (url === '') return functionName.startsWith('(') ? functionName : '(native)'
  const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.+)$/.exec(url)
  if (installed) return `${installed[1]} ${installed[2]}`
  const own = /\/(packages|apps|bench)\/(.+)$/.exec(url)
  return own ? `${own[1] === 'bench' ? 'bench' : (own[2]?.split('/')[0] ?? '')} ${own[2]}` : url
}
