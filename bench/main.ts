import { InvalidArgumentError, program } from 'commander'
import { mkdirSync } from 'node:fs'
import { aggregation, type AggregationPlan } from './aggregation.ts'
import { browse, type BrowsePlan } from './browse.ts'
import { exportAnswers, type ExportPlan } from './export.ts'
import { latency } from './latency.ts'
import { progress, type ProgressPlan } from './progress.ts'
import { provisioning } from './provisioning.ts'
import { saves } from './saves.ts'
import { web } from './web.ts'

interface Options {
  rounds: number
  seconds: number
  warm: number
  profile?: string
}

const shared = (name: string, description: string) =>
  program
    .command(name)
    .description(description)
    .option('--rounds <n>', 'how often each contender has its turn', positive, 5)
    .option('--seconds <n>', 'how long a turn is', positive, 3)
    .option('--warm <n>', 'how long each turn is warmed up for, in seconds', positive, 1.5)

program.name('npm run bench --').description('Measures the product beside its floors and its peers. Reports; asserts nothing.')

shared('provisioning', 'runs a second, with many on their way at once')
  .option('--at-once <list>', 'how many, each a table of its own', list, [32, 128])
  .option('--profile <folder>', 'one more round with profiles of each')
  .action(({ atOnce, ...options }: Options & { atOnce: number[] }) =>
    provisioning({
      ...options,
      ...folder(options),
      atOnce,
      command: command(),
      contenders: ['gangway', 'bare-sql', 'one-statement', 'dbos', 'pg-boss'],
    }),
  )

shared('latency', 'one run at a time, from the call to its end')
  .option('--profile <folder>', 'one more round with profiles of each')
  .action((options: Options) =>
    latency({
      ...options,
      ...folder(options),
      atOnce: [1],
      command: command(),
      contenders: ['gangway', 'one-statement', 'dbos'],
    }),
  )

program
  .command('progress')
  .description('from a commit in the journal to the event in the client, and the memory of a stream')
  .option('--streams <list>', 'how many on one server, each a table of its own', list, [1, 1000, 5000])
  .option('--rounds <n>', 'how often each server has its turn', positive, 3)
  .option('--seconds <n>', 'for how long the journal is written', positive, 10)
  .option('--per-second <n>', 'how many journal entries a second', positive, 100)
  .action((options: Omit<ProgressPlan, 'command'>) => progress({ ...options, command: command() }))

program
  .command('aggregation')
  .description('completions a second, from the message to the totals')
  .option('--at-once <n>', 'how many lanes take messages', positive, 8)
  .option('--rounds <n>', 'how often each contender has its turn', positive, 3)
  .option('--seconds <n>', 'how long a turn is', positive, 3)
  .option('--warm <n>', 'how long each turn is warmed up for, in seconds', positive, 1)
  .option('--completions <n>', 'how many wait at the beginning of a turn', positive, 50_000)
  .action((options: Omit<AggregationPlan, 'command'>) => aggregation({ ...options, command: command() }))

program
  .command('saves')
  .description('answers saved through HTTP, by people who are signed in')
  .option('--at-once <list>', 'how many people, each a table of its own', list, [1, 16])
  .option('--rounds <n>', 'how often each contender has its turn', positive, 5)
  .option('--seconds <n>', 'how long a turn is', positive, 3)
  .option('--warm <n>', 'how long each turn is warmed up for, in seconds', positive, 1)
  .option('--profile <folder>', 'one more turn with a profile of the server')
  .action(({ atOnce, ...options }: Options & { atOnce: number[] }) =>
    saves({ ...options, ...folder(options), atOnce, command: command() }),
  )

program
  .command('browse')
  .description('a page of answers by role and window, the first and a deep one')
  .option('--snapshots <n>', 'how many there are', positive, 1_000_000)
  .option('--depths <list>', 'how many rows come before the page, each a table of its own', numbers, [0, 50_000])
  .option('--rounds <n>', 'how often each contender has its turn', positive, 3)
  .option('--seconds <n>', 'how long a turn is', positive, 3)
  .option('--warm <n>', 'how long each turn is warmed up for, in seconds', positive, 1)
  .action((options: Omit<BrowsePlan, 'command'>) => browse({ ...options, command: command() }))

program
  .command('export')
  .description('every snapshot to NDJSON, and the memory that takes')
  .option('--snapshots <n>', 'how many there are', positive, 1_000_000)
  .option('--rounds <n>', 'how often each contender has its turn', positive, 3)
  .action((options: Omit<ExportPlan, 'command'>) => exportAnswers({ ...options, command: command() }))

program
  .command('web')
  .description('JavaScript, time until interactive and layout shift of each page, beside an empty page')
  .option('--rounds <n>', 'how often each page is visited', positive, 5)
  .action((options: { rounds: number }) => web({ ...options, command: command() }))

await program.parseAsync()

function command(): string {
  return ['npm run bench --', ...process.argv.slice(2)].join(' ')
}

function folder({ profile }: Options): { profile?: string } {
  if (profile) mkdirSync(profile, { recursive: true })
  return profile ? { profile } : {}
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('It has to be a number above 0.')
  return value
}

function numbers(text: string): number[] {
  return text.split(',').map(Number)
}

function list(text: string): number[] {
  return text.split(',').map(positive)
}
