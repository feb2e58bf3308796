import { copyFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { startCluster } from './cluster.ts'
import { seeded } from './random.ts'
import { Lost, Report } from './report.ts'
import { SCENARIOS } from './scenarios.ts'
import { openSite } from './site.ts'
import { tryMutants } from './mutants/try-mutants.ts'

const HELP = `npm run test:faults -- [options]
  --seed S       the chances of an earlier run again
  --minutes N    goes on with other seeds for so long
  --only NAME    one scenario (${Object.keys(SCENARIOS).join(', ')}), or the lines that hold a text
  --bail         stops at the first loss
  --mutants      breaks guarantees in a copy of the last commit, and tells whether each is seen; --only chooses by name
Exit codes: 0 nothing was lost, 1 something was.`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    bail: { type: 'boolean' },
    mutants: { type: 'boolean' },
    help: { type: 'boolean' },
  },
})
if (values.help) {
  console.log(HELP)
  process.exit(0)
}
if (values.mutants) process.exit((await tryMutants(values.only)) ? 0 : 1)

const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const until = Date.now() + Number(values.minutes ?? 0) * 60_000
const started = Date.now()
console.log(`seed ${seed}; the same again: npm run test:faults -- --seed ${seed}`)

const report = new Report({ bail: values.bail ?? false })
const cluster = await startCluster()
let round = 0
try {
  do {
    round += 1
    // Each round has a seed of its own, and the first one that of the command.
    const random = seeded(seed + round - 1)
    const site = await openSite(cluster, random)
    try {
      for (const [name, scenario] of Object.entries(SCENARIOS)) {
        if (values.only !== undefined && values.only in SCENARIOS && name !== values.only) continue
        const wants = (line: string) => values.only === undefined || name === values.only || line.includes(values.only)
        process.stderr.write(`round ${round}: ${name}, ${seconds()} s\n`)
        await scenario({ site, random, report, wants, cluster })
      }
    } finally {
      await site.close()
    }
  } while (Date.now() < until)
} catch (error) {
  if (!(error instanceof Lost)) throw error
} finally {
  if (report.losses.length > 0) await copyFile(path.join(cluster.folder, 'children.log'), logFile()).catch(() => {})
  await cluster.close()
}

console.log(report.toText())
for (const loss of report.losses) console.log(`lost  ${loss}`)
if (report.losses.length > 0) console.log(`what the processes said: ${logFile()}`)
console.log(`${round} ${round === 1 ? 'round' : 'rounds'} in ${seconds()} s, seed ${seed}`)
process.exitCode = report.losses.length > 0 || report.lines.length === 0 ? 1 : 0

function logFile(): string {
  return path.join(tmpdir(), `gangway-faults-${seed}.log`)
}

function seconds(): number {
  return Math.round((Date.now() - started) / 1000)
}
