import { makeDemo, removeDemo } from '@gangway/core/demo'
import type { Command } from 'commander'
import { ConfigError } from '../config/env.ts'
import { countArgument, daysArgument } from './arguments.ts'
import { Interrupted } from './command-failure.ts'
import { help } from './help.ts'
import { duration, finish, JSON_OPTION, printJson, progressBar, say } from './output.ts'
import { type Session, withSession } from './session.ts'

interface Options {
  people: number
  days: number
  seed?: string
  remove?: boolean
  inProduction?: boolean
  json?: boolean
}

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('make up people with their answers, telemetry and runs, to look at the staff app; or remove them all')
    .option('--people <n>', 'how many', countArgument, 5000)
    .option('--days <n>', 'who have come in so many days up to now', daysArgument, 90)
    .option('--seed <text>', 'the same people each time; a batch that is there already is not made twice')
    .option('--remove', 'remove everybody who was ever made up, with everything that is theirs')
    .option(
      '--in-production',
      'also where GANGWAY_ENV is production: they count in totals and in the funnel until they are removed',
    )
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'A batch that was cut off is gone on with by the same command; else it makes another one.\n' +
          'Exit codes: 0 done, 1 not or not all of it, 2 wrong usage.',
        'gangway demo --people 50000',
        'gangway demo --people 500 --days 14 --seed acme',
        'gangway demo --remove',
      ),
    )
    .action((options: Options) =>
      finish(options, () => withSession((session) => (options.remove ? remove : make)(session, options), { heeds: true })),
    )
}

async function make(
  { contexts, config, signal }: Session,
  { people, days, seed, inProduction = false, json = false }: Options,
): Promise<boolean> {
  if (config.isProduction && !inProduction) {
    throw new ConfigError('This is a production installation. People who are made up count there as well: add --in-production.')
  }
  const started = performance.now()
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = (progress: { done: number; total: number }) => bar?.step({ ...progress, label: 'people' })
  const report = await makeDemo(contexts.base, { people, days, seed, signal, onProgress }).finally(() => bar?.end())
  const { batch, resumedAfter, made, finished } = report
  if (!finished) {
    const so = signal.aborted
      ? 'The same command goes on from there'
      : 'It is being removed: `gangway demo --remove` sees it through'
    throw new Interrupted(`Stopped after ${resumedAfter + made} of ${people} people. ${so}.`)
  }
  if (json) {
    printJson({ batch: batch.code, seed: batch.seed, people, days, resumed_after: resumedAfter, made })
    return true
  }
  if (resumedAfter > 0) say([`Went on after ${resumedAfter} that an earlier command had made.`])
  say([`${made} people made up in ${duration(performance.now() - started)}, batch ${batch.code}, seed ${batch.seed}.`])
  say(['Their addresses end with @demo.invalid. `gangway demo --remove` removes them.'])
  return true
}

async function remove({ contexts, signal }: Session, { json = false }: Options): Promise<boolean> {
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = (progress: { done: number; total: number }) => bar?.step({ ...progress, label: 'people' })
  const { batches, people, finished } = await removeDemo(contexts.bootstrap, { signal, onProgress }).finally(() => bar?.end())
  if (!finished) throw new Interrupted(`Stopped after ${people} people. The same command goes on with the others.`)
  if (json) printJson({ batches, people })
  else say([people === 0 ? 'Nobody is made up.' : `${people} people who were made up are removed.`])
  return true
}
