import { createHash } from 'node:crypto'

export interface UsageEntry {
  project: string
  model: string
  input: number
  cached: number
  output: number
  requests: number
  /** In millionths of a dollar. */
  cost: number
}

export interface Books {
  /** The same for the same day, however often it is read, until it is revised. */
  on(day: string, models: readonly string[]): UsageEntry[]
  /** Changes what the first model used on a day, as providers do when they count again. */
  revise(day: string): void
  /** Nothing was used on that day. */
  clear(day: string): void
}

const PROJECTS = ['proj_website', 'proj_research'] as const

/** What a made-up customer uses: more on some days than on others, and nothing on Sundays. */
export function createBooks(): Books {
  const revisions = new Map<string, number>()
  const cleared = new Set<string>()

  function entry(day: string, project: string, model: string): UsageEntry {
    const dice = createHash('sha256').update(`${day} ${project} ${model}`).digest()
    const requests = 20 + dice.readUInt8(0)
    const input = requests * (400 + dice.readUInt8(1))
    const output = requests * (100 + dice.readUInt8(2))
    return { project, model, requests, input, output, cached: Math.floor(input / 3), cost: input * 3 + output * 15 }
  }

  return {
    on(day, models) {
      if (cleared.has(day) || new Date(day).getUTCDay() === 0) return []
      const entries = PROJECTS.flatMap((project) => models.map((model) => entry(day, project, model)))
      const revision = revisions.get(day) ?? 0
      return entries.map((each, index) =>
        index === 0 ? { ...each, output: each.output + revision, cost: each.cost + revision * 15 } : each,
      )
    },
    revise: (day) => void revisions.set(day, (revisions.get(day) ?? 0) + 1),
    clear: (day) => void cleared.add(day),
  }
}
