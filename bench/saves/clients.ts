// Whoever saves: so many lanes, each with a person of its own and a connection that is kept, in a process of their own.
import { Agent, request } from 'node:http'
import { percentile } from '../statistics.ts'

export interface Saver {
  cookie: string
  sessionId: string
}

export interface Turn {
  contender: 'gangway' | 'floor'
  url: string
  savers: Saver[]
  warm: number
  seconds: number
}

export interface Saved {
  count: number
  perSecond: number
  p50: number
  p99: number
}

interface Lane {
  saver: Saver
  revision: number
  count: number
}

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
const lanes = new Map<string, Lane>()

process.on('message', (turn: Turn) => void take(turn))
process.once('disconnect', () => process.exit())

async function take(turn: Turn): Promise<void> {
  await saveFor(turn, turn.warm)
  const began = performance.now()
  const latencies = await saveFor(turn, turn.seconds)
  const elapsed = performance.now() - began
  const saved: Saved = {
    count: latencies.length,
    perSecond: (latencies.length / elapsed) * 1000,
    p50: percentile(latencies, 50),
    p99: percentile(latencies, 99),
  }
  process.send?.(saved)
}

async function saveFor(turn: Turn, seconds: number): Promise<number[]> {
  const until = performance.now() + seconds * 1000
  const taken: number[] = []
  const run = async (lane: Lane) => {
    while (performance.now() < until) {
      const start = performance.now()
      lane.count += 1
      lane.revision = await (turn.contender === 'gangway' ? save(turn.url, lane) : update(turn.url, lane))
      taken.push(performance.now() - start)
    }
  }
  await Promise.all(turn.savers.map((saver) => run(laneOf(saver))))
  return taken
}

function laneOf(saver: Saver): Lane {
  const lane = lanes.get(saver.sessionId) ?? { saver, revision: 0, count: 0 }
  lanes.set(saver.sessionId, lane)
  return lane
}

const PROFILE = { fullName: 'Ada Lovelace', displayName: 'Ada', companyName: 'Analytical Engines' }
const title = ({ count }: Lane) => `Analyst of the ${count}th engine`

/** As the page does it: in a batch of one. */
async function save(url: string, lane: Lane): Promise<number> {
  const { saver, revision } = lane
  const patch = revision === 0 ? { ...PROFILE, jobTitle: title(lane) } : { jobTitle: title(lane) }
  const input = { revision, step: 'profile', patch, mutationId: crypto.randomUUID(), sessionId: saver.sessionId }
  const [answer] = await post<[{ result: { data: { json: { revision: number } } } }]>(
    `${url}/trpc/onboarding.save?batch=1`,
    { 0: { json: input } },
    saver.cookie,
  )
  return answer.result.data.json.revision
}

async function update(url: string, lane: Lane): Promise<number> {
  const answers = { profile: { ...PROFILE, jobTitle: title(lane) } }
  const body = { id: lane.saver.sessionId, revision: lane.revision, answers }
  return (await post<{ revision: number }>(`${url}/floor`, body, lane.saver.cookie)).revision
}

function post<Answer>(url: string, body: object, cookie: string): Promise<Answer> {
  const text = JSON.stringify(body)
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), cookie }
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      let answer = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (answer += chunk))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(answer))
        else reject(new Error(`${url} answered ${response.statusCode}: ${answer}`))
      })
    })
    sent.on('error', reject)
    sent.end(text)
  })
}
