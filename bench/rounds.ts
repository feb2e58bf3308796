import { enter, type ContenderName, type Measurement } from './contenders/start.ts'
import type { Measured } from './contenders/measure.ts'
import { startCluster } from './cluster.ts'
import { describeMachine, load } from './machine.ts'

export interface Plan {
  contenders: readonly ContenderName[]
  /** How many runs at a time, each a table of its own. */
  atOnce: readonly number[]
  rounds: number
  warm: number
  seconds: number
  command: string
  /** A folder for profiles, made in one more round. */
  profile?: string | undefined
}

export type Results = Map<ContenderName, Measured[]>

/** A B C A B C …, each with a warm-up of its own, so that whatever else the machine does falls on all alike. */
export async function alternate(plan: Plan, show: (atOnce: number, results: Results) => void): Promise<void> {
  const cluster = await startCluster()
  try {
    console.log(describeMachine(cluster, plan.command))
    const entrants = []
    for (const name of plan.contenders) entrants.push(await enter(cluster, name))
    for (const atOnce of plan.atOnce) {
      const measurement: Measurement = { atOnce, warm: plan.warm, seconds: plan.seconds }
      const results: Results = new Map(plan.contenders.map((name) => [name, []]))
      for (let round = 0; round < plan.rounds; round++) {
        for (const { name, measure } of entrants) results.get(name)?.push(await measure(measurement))
      }
      show(atOnce, results)
      for (const { name, measure } of plan.profile ? entrants : [])
        await measure({ ...measurement, profile: `${plan.profile}/${name}-${atOnce}.cpuprofile` })
    }
    console.log(`\nchecked, by contender (load ${load()} at the end)`)
    for (const { check } of entrants) {
      const line = await check()
      if (line) console.log(`  ${line}`)
    }
  } finally {
    await cluster.close()
  }
}
