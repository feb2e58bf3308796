import { backfillAnswers, rebuildTotals } from '@gangway/core/answers'
import type { Command } from 'commander'
import { addAnswersExport } from './answers-export.ts'
import { Interrupted } from './command-failure.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION, printJson, progressBar, say } from './output.ts'
import { type Session, withSession } from './session.ts'

interface Options {
  dryRun?: boolean
  restart?: boolean
  json?: boolean
}

export function addAnswers(program: Command): void {
  const answers = program.command('answers').description('what people answered')
  answers
    .command('backfill')
    .description('replay completed sessions through what the worker does with them; goes on where it was cut off')
    .option('--dry-run', 'only count')
    .option('--restart', 'from the beginning, also when an earlier replay was cut off')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 all replayed (or counted), 1 some failed, 2 wrong usage.',
        'gangway answers backfill --dry-run',
        'gangway answers backfill',
        'gangway answers backfill --restart --json',
      ),
    )
    .action((options: Options) => finish(options, () => withSession((session) => backfill(session, options), { heeds: true })))
  addAnswersExport(answers)
  answers
    .command('rebuild-totals')
    .description('count all snapshots anew and correct the totals, while completions go on')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help('Exit codes: 0 the totals are right now, 1 it could not be done, 2 wrong usage.', 'gangway answers rebuild-totals'),
    )
    .action((options: Options) => finish(options, () => withSession((session) => rebuild(session, options), { heeds: true })))
}

async function backfill(
  { contexts, signal }: Session,
  { dryRun = false, restart = false, json = false }: Options,
): Promise<boolean> {
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = ({ done, total, failed }: { done: number; total: number; failed: number }) =>
    bar?.step({ done, total, label: failed > 0 ? `${failed} failed` : 'sessions' })
  const report = await backfillAnswers(contexts.answers, { dryRun, restart, signal, onProgress }).finally(() => bar?.end())
  const { total, withoutSnapshot, resumedAfter, replayed, failed, finished } = report
  if (!dryRun && !finished) {
    throw new Interrupted(
      `Interrupted after ${resumedAfter + replayed} of ${total} sessions. The same command goes on from there.`,
    )
  }
  if (json) {
    const counts = { total, without_snapshot: withoutSnapshot, resumed_after: resumedAfter, replayed, failed }
    printJson({ ...counts, dry_run: dryRun })
  } else if (dryRun) say([`${total} sessions are completed; ${withoutSnapshot} of them have no snapshot.`])
  else {
    if (resumedAfter > 0) say([`Went on after ${resumedAfter} that an earlier replay had done.`])
    say([`${replayed} replayed, ${failed} failed`])
  }
  return failed === 0
}

async function rebuild({ contexts, signal }: Session, { json = false }: Options): Promise<boolean> {
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = ({ done, total }: { done: number; total: number }) =>
    bar?.step({ done, total: Math.max(done, total), label: 'snapshots' })
  const { counted, corrected, finished } = await rebuildTotals(contexts.answers, { signal, onProgress }).finally(() => bar?.end())
  if (!finished) throw new Interrupted(`Interrupted after ${counted} snapshots. Nothing was changed.`)
  if (json) printJson({ counted, corrected })
  else say([`${counted} snapshots counted; ${corrected === 0 ? 'every total was right' : `${corrected} totals corrected`}`])
  return true
}
