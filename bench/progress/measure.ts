import { setTimeout as delay } from 'node:timers/promises'
import type { Cluster, Database } from '../cluster.ts'
import { percentile } from '../statistics.ts'
import { startBrowsers, type Browsers } from './browsers.ts'
import type { StreamRequest } from './clients.ts'
import { type BenchRun, type Commits, newRuns, writeJournal, type Writing } from './journal.ts'
import type { Person } from './people.ts'
import { type Server, type ServerName, startServer } from './servers.ts'

export interface ProgressMeasured {
  p50: number
  p99: number
  /** Events that were committed and had not come in 30 s later. */
  lost: number
  /** Of the server, over what it used with none; KB. */
  rssPerStream: number
  heapPerStream: number
  /** Of one core, while events came. */
  cpuPercent: number
}

export interface Field {
  name: ServerName
  cluster: Cluster
  database: Database
  people: readonly Person[]
}

/** An address may ask for 1,200 things a minute. */
const STREAMS_PER_ADDRESS = 1000
const WARM_STREAMS = 200
const PATIENCE_MS = 30_000

/** So many streams on one server, and the journal of their runs written by another process. */
export async function measureProgress(field: Field, streams: number, writing: Writing): Promise<ProgressMeasured> {
  const server = await startServer(field.name, field.cluster, field.database)
  try {
    const empty = await warmUp(field, server, writing)
    const browsers = startBrowsers()
    try {
      const runs = await open(field, { server, browsers, count: streams, address: 2 })
      // Connections settle, and buffers of the opening are let go.
      await delay(2000)
      const full = await server.usage()
      const cpuBefore = full.cpuMs
      const commits = await writeJournal({ server: field.name, database: field.database, runs }, writing)
      const { latencies, lost } = await latenciesOf(commits, browsers)
      const cpuMs = (await server.usage()).cpuMs - cpuBefore
      return {
        ...{ p50: percentile(latencies, 50), p99: percentile(latencies, 99), lost },
        rssPerStream: (full.rss - empty.rss) / streams / 1024,
        heapPerStream: (full.heap - empty.heap) / streams / 1024,
        cpuPercent: cpuMs / writing.seconds / 10,
      }
    } finally {
      await browsers.close()
    }
  } finally {
    await server.close()
  }
}

/** What the server uses without a stream, after it has had some. */
async function warmUp(field: Field, server: Server, { perSecond }: Writing) {
  const browsers = startBrowsers()
  const runs = await open(field, { server, browsers, count: WARM_STREAMS, address: 1 })
  await writeJournal({ server: field.name, database: field.database, runs }, { perSecond, seconds: 2 })
  await browsers.close()
  await delay(1000)
  return server.usage()
}

interface Opening {
  server: Server
  browsers: Browsers
  count: number
  /** The last part of the first address that opens. */
  address: number
}

async function open(field: Field, { server, browsers, count, address }: Opening): Promise<BenchRun[]> {
  const { name, people } = field
  const runs = await newRuns(
    field.database,
    people.map(({ userId }) => userId),
    count,
  )
  const requests = runs.map(({ checkout }, index): StreamRequest => {
    const input = encodeURIComponent(JSON.stringify({ json: { checkoutSessionId: checkout } }))
    const last = address + Math.floor(index / STREAMS_PER_ADDRESS)
    const from = process.platform === 'linux' ? { localAddress: `127.0.0.${last}` } : {}
    if (name === 'floor') return { checkout, url: `${server.url}/?checkout=${checkout}`, ...from }
    const procedure = name === 'gangway' ? 'provisioning.progress' : 'progress'
    return { checkout, url: `${server.url}/trpc/${procedure}?input=${input}`, cookie: cookieOf(runs[index], people), ...from }
  })
  await browsers.open(requests)
  return runs
}

function cookieOf(run: BenchRun | undefined, people: readonly Person[]): string | undefined {
  return people.find(({ userId }) => userId === run?.userId)?.cookie
}

async function latenciesOf(commits: Commits, browsers: Browsers): Promise<{ latencies: number[]; lost: number }> {
  const latencies: number[] = []
  const missing = new Map(commits)
  for (const until = Date.now() + PATIENCE_MS; ; await delay(500)) {
    for (const [key, at] of await browsers.collect()) {
      const committed = missing.get(key)
      if (committed !== undefined) latencies.push(at - committed)
      missing.delete(key)
    }
    if (missing.size === 0 || Date.now() > until) return { latencies, lost: missing.size }
  }
}
