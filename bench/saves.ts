import { type Cluster, type Database, startCluster } from './cluster.ts'
import { postgresCpu } from './contenders/cpu.ts'
import { describeMachine, load } from './machine.ts'
import { signUpPeople } from './progress/people.ts'
import type { Saved, Saver, Turn } from './saves/clients.ts'
import { type SaveServer, startClients, startSaveServer } from './saves/start.ts'
import { openSql } from '@gangway/db/client'
import { z } from 'zod'
import { spread } from './statistics.ts'
import { number, range, ratio, table } from './table.ts'

export interface SavesPlan {
  /** How many people save at a time, each a table of its own. */
  atOnce: readonly number[]
  rounds: number
  warm: number
  seconds: number
  command: string
  profile?: string | undefined
}

type Name = Turn['contender']
const LABELS: Record<Name, string> = {
  gangway: 'Gangway: onboarding.save',
  floor: 'floor: one UPDATE through the same server, for anybody',
}
const NAMES = ['gangway', 'floor'] as const satisfies Name[]

interface Measured extends Saved {
  /** Processor time in milliseconds a save. */
  serverCpu: number
  postgresCpu: number
}

/** How many saves a second come through HTTP, by people who are signed in, each with the answer to the one before. */
export async function saves(plan: SavesPlan): Promise<void> {
  const cluster = await startCluster()
  try {
    console.log(describeMachine(cluster, plan.command))
    const database = await cluster.database('bench_saves')
    const server = await startSaveServer(cluster, database)
    const clients = startClients()
    const most = Math.max(...plan.atOnce)
    const savers: Record<Name, Saver[]> = {
      gangway: await newSavers(server.url, database, most),
      floor: await newSavers(server.url, database, most),
    }
    const measure = async (contender: Name, atOnce: number): Promise<Measured> => {
      const { warm, seconds } = plan
      const turn = { contender, url: server.url, savers: savers[contender].slice(0, atOnce), warm: 0, seconds }
      await clients.take({ ...turn, seconds: warm })
      const before = await used(cluster, server)
      const saved = await clients.take(turn)
      const after = await used(cluster, server)
      const each = (key: keyof typeof after) => (after[key] - before[key]) / saved.count
      return { ...saved, serverCpu: each('server'), postgresCpu: each('postgres') }
    }
    for (const atOnce of plan.atOnce) {
      const results = new Map<Name, Measured[]>(NAMES.map((name) => [name, []]))
      for (let round = 0; round < plan.rounds; round++) {
        for (const name of NAMES) results.get(name)?.push(await measure(name, atOnce))
      }
      console.log(`\nsaves, ${atOnce} at once, ${plan.rounds} rounds of ${plan.seconds} s\n`)
      console.log(tableOf(results))
      if (plan.profile) {
        await server.profile(`${plan.profile}/saves-${atOnce}.cpuprofile`)
        await server.stopProfile((await measure('gangway', atOnce)).count)
      }
    }
    console.log(`\nchecked: ${await check(database)} (load ${load()} at the end)`)
    await clients.close()
    await server.close()
  } finally {
    await cluster.close()
  }
}

const sessionSchema = z.object({ result: z.object({ data: z.object({ json: z.object({ id: z.string() }) }) }) })

/** People with a session of the questionnaire each. */
async function newSavers(url: string, database: Database, count: number): Promise<Saver[]> {
  const people = await signUpPeople(url, database, count)
  return Promise.all(
    people.map(async ({ cookie }) => {
      const response = await fetch(`${url}/trpc/onboarding.get`, { headers: { cookie } })
      const { result } = sessionSchema.parse(await response.json())
      return { cookie, sessionId: result.data.json.id }
    }),
  )
}

async function used(cluster: Cluster, server: SaveServer) {
  return { server: await server.cpuMs(), postgres: postgresCpu(cluster.pid) ?? Number.NaN }
}

function tableOf(results: ReadonlyMap<Name, Measured[]>): string {
  const rows = [...results].map(([name, rounds]) => {
    const of = (key: keyof Measured) => spread(rounds.map((round) => round[key]))
    return { name, rate: of('perSecond'), times: [of('p50'), of('p99')], cpu: [of('serverCpu'), of('postgresCpu')] }
  })
  const own = rows[0]?.rate.median ?? Number.NaN
  return table(
    ['contender', 'saves/s', 'min–max', 'p50 ms', 'p99 ms', 'server CPU ms', 'Postgres CPU ms', 'Gangway ÷ it'],
    rows.map(({ name, rate, times, cpu }) => [
      ...[LABELS[name], number(rate.median), range(rate), ...[...times, ...cpu].map(({ median }) => number(median))],
      ratio(own, name === 'gangway' ? undefined : rate.median),
    ]),
  )
}

/** Every save of Gangway is in its ledger, under the revision that it made. */
async function check({ superuserUrl }: Database): Promise<string> {
  const sql = openSql({ url: superuserUrl, name: 'bench-check' })
  try {
    const [row] = await sql<{ saves: number; sessions: number; gaps: number }[]>`
      select count(*)::int as saves, count(distinct session_id)::int as sessions,
             (select count(*)::int from onboarding_sessions s
              where revision <> (select count(*) from onboarding_saves where session_id = s.id)
                and exists (select from onboarding_saves where session_id = s.id)) as gaps
      from onboarding_saves`
    if (!row || row.saves === 0 || row.gaps > 0) throw new Error(`the ledger does not match: ${JSON.stringify(row)}`)
    return `${row.saves} saves of ${row.sessions} sessions, each in the ledger`
  } finally {
    await sql.end()
  }
}
