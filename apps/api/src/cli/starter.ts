import { backfillStarterKits } from '@gangway/core/starter'
import type { Command } from 'commander'
import { Interrupted } from './command-failure.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION, printJson, progressBar } from './output.ts'
import { type Session, withSession } from './session.ts'

interface Options {
  dryRun?: boolean
  json?: boolean
}

export function addStarter(program: Command): void {
  const starter = program.command('starter').description('starter kits')
  starter
    .command('backfill')
    .description('make the starter kit of everybody who lacks one; can be stopped and called again')
    .option('--dry-run', 'only count')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 everybody has one (or counted), 1 some could not be made, 2 wrong usage.',
        'gangway starter backfill --dry-run',
        'gangway starter backfill --json',
      ),
    )
    .action((options: Options) => finish(options, () => withSession((session) => run(session, options), { heeds: true })))
}

async function run({ contexts, signal }: Session, { dryRun = false, json = false }: Options): Promise<boolean> {
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = ({ done, total, failed }: { done: number; total: number; failed: number }) =>
    bar?.step({ done, total: Math.max(done, total), label: failed > 0 ? `${failed} failed` : 'starter kits' })
  const report = await backfillStarterKits(contexts.starter, { dryRun, signal, onProgress }).finally(() => bar?.end())
  const { total, made, failed } = report
  if (signal.aborted) throw new Interrupted(`Interrupted after ${made} of ${total}. The same command goes on with the others.`)
  if (json) printJson({ ...report, dry_run: dryRun })
  else console.log(dryRun ? `${total} people lack a starter kit.` : `${made} made, ${failed} failed`)
  return failed === 0
}
