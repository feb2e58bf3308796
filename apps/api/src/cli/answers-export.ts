import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import path from 'node:path'
import { exportFormatSchema, type StartExport } from '@gangway/schemas/exports'
import { type Command, Option } from 'commander'
import { type FilterOptions, filterOf } from './answers-filter.ts'
import { momentArgument } from './arguments.ts'
import { Interrupted } from './command-failure.ts'
import { findLeft, type Left, writeExport } from './export-file.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION, printJson, progressBar, say } from './output.ts'
import { type Session, withSession } from './session.ts'

interface Options extends FilterOptions {
  out: string
  format: 'ndjson' | 'csv'
  gzip?: boolean
  resume?: boolean
  json?: boolean
}

const several = (value: string, before: string[] = []) => [...before, value]

export function addAnswersExport(answers: Command): void {
  const command = answers.command('export')
  command
    .description('write the answers that a filter lets through into a file, oldest first')
    .requiredOption('--out <file>', 'the file; until it is whole it is called <file>.part')
    .addOption(
      new Option('--format <format>', 'one line for each completion').choices(exportFormatSchema.options).default('ndjson'),
    )
    .option('--gzip', 'packed')
    .option('--resume', 'go on with what an earlier command has left: the file becomes the same')
    .option('--role <role>', 'one of these roles; may be given more than once', several)
    .option('--org <slug>', 'of this organization')
    .option('--plan <plan>', 'of organizations with this plan')
    .option('--variant <variant>', 'of this variant of the questionnaire')
    .option('--schema-version <n>', 'of this version of the shape of answers')
    .option('--answer <step.field=value>', 'with this answer; may be given more than once: all have to hold', several)
    .option('--text <words>', 'with these words, or words that begin so')
    .option('--from <time>', 'completed at this time or later: 2026-01-31, or 2026-01-31T09:00:00Z', momentArgument)
    .option('--before <time>', 'completed before this time', momentArgument)
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 written, 1 not or not all of it, 2 wrong usage.',
        'gangway answers export --out answers.ndjson',
        'gangway answers export --role data --role finance --from 2026-01-01 --format csv --gzip --out answers.csv.gz',
        'gangway answers export --out answers.ndjson --resume',
      ),
    )
    .action((options: Options) => {
      const { out, format, gzip = false } = options
      const request = { filter: filterOf(command, options), format, gzip }
      return finish(options, async () => {
        if (!(await isWritable(path.dirname(out)))) {
          return command.error('error: --out: its folder is not there, or cannot be written to', { exitCode: 2 })
        }
        const left = options.resume ? await findLeft(out, request) : undefined
        if (left === 'other') return command.error('error: --resume: what is there is of another export', { exitCode: 2 })
        return withSession((session) => write(session, { ...options, request, left }), { heeds: true })
      })
    })
}

function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}

async function write(
  { contexts, signal }: Session,
  { out, json = false, request, left }: Options & { request: StartExport; left: Left | undefined },
): Promise<boolean> {
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = (progress: { done: number; total: number }) => bar?.step({ ...progress, label: 'completions' })
  const report = await writeExport(contexts.answers, { file: out, request, left, signal, onProgress }).finally(() => bar?.end())
  const { file, rows, bytes, sha256, resumedAfter, finished } = report
  if (!finished)
    throw new Interrupted(`Interrupted after ${rows} completions. The same command with --resume goes on from there.`)
  if (json) printJson({ file, rows, bytes, sha256, resumed_after: resumedAfter })
  else {
    if (resumedAfter > 0) say([`Went on after ${resumedAfter} that an earlier command had written.`])
    say([`${rows} completions in ${file}, ${bytes} bytes`, `SHA-256 ${sha256}`])
  }
  return true
}
