import { CALLS } from '@gangway/core/testing'
import { z } from 'zod'
import { type Child, ChildDied } from '../child.ts'
import { deferred, type Flow, type NewFlow, operator, parked, retriedFrom, rolledBack, straight } from '../flows.ts'
import { endWell, LATER_MS, type Suite } from '../suite.ts'

const FLOWS: readonly NewFlow[] = [
  straight,
  parked,
  deferred,
  operator,
  retriedFrom('set_up_workspace'),
  retriedFrom('create_organization'),
  rolledBack,
]

/** A process is killed at each named point of each way that a run can go; others finish what it has left. */
export async function kill(suite: Suite, flows: readonly NewFlow[] = FLOWS): Promise<void> {
  const tried = new Set<string>()
  for (const newFlow of flows) {
    const points = await pointsOf(suite, newFlow)
    await killAll(suite, newFlow, points)
    for (const { point } of points) tried.add(point)
  }
  for (const point of CALLS.flatMap((call) => [`${call} before`, `${call} after`]))
    if (suite.wants(`kill  ${point}`) && !tried.has(point)) suite.report.count(`kill  ${point}`, 0, ['no way leads there'])
}

/** So many processes die before others look: waiting for locks to expire is then waiting once. */
const AT_ONCE = 6
/** Another process that sweeps at the same time can do what the victim would have died of. */
const SPARE_TRIES = 2

/** At these points of one way. */
export async function killAt(suite: Suite, newFlow: NewFlow, points: readonly string[]): Promise<void> {
  const { name } = await newFlow(suite.site)
  await killAll(
    suite,
    newFlow,
    points.map((point) => ({ point, nth: 1, line: lineOf(name, point) })),
  )
}

async function killAll(suite: Suite, newFlow: NewFlow, wanted: readonly At[]): Promise<void> {
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const dead = await Promise.all(wanted.slice(start, start + AT_ONCE).map((at) => killOne(suite, newFlow, at)))
    // A process that starts anew, as after a crash.
    const finisher = await suite.site.child({ clockOffsetMs: LATER_MS })
    for (const flow of dead) if (flow) await endWell(suite, finisher, flow)
    await finisher.end()
  }
}

interface At {
  point: string
  nth: number
  line: string
}

/** The flow whose process died; undefined when something else came of it, which is then on the report. */
async function killOne(suite: Suite, newFlow: NewFlow, at: At): Promise<(Flow & { line: string }) | undefined> {
  // What two have to write at one time can share a commit, and then a second time does not come.
  const times = [at.nth, ...Array.from({ length: SPARE_TRIES }, () => 1)]
  for (const nth of times) {
    const flow = await newFlow(suite.site)
    const ended = await tryToKill(suite, flow, { ...at, nth })
    if (ended === 'killed') return { ...flow, line: at.line }
    if (ended instanceof Error) return lose(ended)
  }
  return lose(new Error('the point was not reached'))

  function lose(error: Error): undefined {
    suite.report.count(at.line, 1, [String(error)])
  }
}

async function tryToKill({ site }: Suite, flow: Flow, { point, nth }: At): Promise<'killed' | 'not reached' | Error> {
  const victim = await site.child()
  try {
    for (const command of flow.before) await victim.ask(command)
    await victim.ask({ do: 'arm', stop: { point, nth, how: 'kill' }, faults: flow.faults })
    return (await dieIn(victim, flow)) ? 'killed' : 'not reached'
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  } finally {
    await victim.end('kill')
  }
}

async function dieIn(victim: Child, { steps }: Flow): Promise<boolean> {
  for (const command of steps) {
    const died = await victim.ask(command).then(
      () => false,
      (error: unknown) => isDeath(error),
    )
    if (died) return (await victim.ended) === 'SIGKILL'
  }
  return false
}

function isDeath(error: unknown): boolean {
  if (error instanceof ChildDied || (error instanceof Error && error.message.startsWith('it stopped'))) return true
  throw error
}

function lineOf(flow: string, point: string): string {
  return `kill  ${flow}: ${point}`
}

const countsSchema = z.record(z.string(), z.number())

/** Every point that the flow reaches and that is asked for: its first time, and where there are more, its last and one between. */
async function pointsOf({ site, random, wants }: Suite, newFlow: NewFlow): Promise<At[]> {
  const flow = await newFlow(site)
  const child = await site.child()
  for (const command of flow.before) await child.ask(command)
  await child.ask({ do: 'arm', faults: flow.faults })
  for (const command of flow.steps) await child.ask(command)
  const counts = countsSchema.parse(await child.ask({ do: 'points' }))
  await child.end()
  return Object.entries(counts).flatMap(([point, count]) => {
    const line = lineOf(flow.name, point)
    // Two checkouts are on their way in some flows: each of their points counts.
    if (!wants(line) || (flow.only && !flow.only.test(point))) return []
    return [...new Set([1, 1 + random.below(count), count])].map((nth) => ({ point, nth, line }))
  })
}
