import { bootstrap, bootstrapStatus } from '@gangway/core/bootstrap'
import type { BootstrapReport, BootstrapStatus } from '@gangway/schemas/bootstrap'
import type { Command } from 'commander'
import { help } from './help.ts'
import { finish, JSON_OPTION, printJson, progressBar, say } from './output.ts'
import { withSession } from './session.ts'

interface Options {
  status?: boolean
  json?: boolean
}

export function addBootstrap(program: Command): void {
  program
    .command('bootstrap')
    .description('set up the warehouse: create the tables that are missing, and report those that differ')
    .option('--status', 'only look at the warehouse')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 set up, 1 not set up or a table differs from its declaration, 2 wrong usage.',
        'gangway bootstrap',
        'gangway bootstrap --status --json',
      ),
    )
    .action((options: Options) => finish(options, () => (options.status ? showStatus(options) : run(options))))
}

async function run({ json }: Options): Promise<boolean> {
  const report = await (json
    ? withSession(({ contexts: { bootstrap: ctx } }) => bootstrap(ctx, { actorId: null }))
    : runWithProgress())
  if (json) printJson(report)
  else say([...statusLines(report), ...reportLines(report)])
  return report.status === 'SYNCED'
}

async function runWithProgress(): Promise<BootstrapReport> {
  const bar = progressBar(process.stdout)
  try {
    return await withSession(({ contexts: { bootstrap: ctx } }) =>
      bootstrap(ctx, {
        actorId: null,
        onProgress: ({ table, done, total }) => bar.step({ done, total, label: `${table.state.padEnd(7)} ${table.name}` }),
      }),
    )
  } finally {
    bar.end()
  }
}

async function showStatus({ json }: Options): Promise<boolean> {
  const status = await withSession(({ contexts: { bootstrap: ctx } }) => bootstrapStatus(ctx))
  if (json) printJson(status)
  else say(statusLines(status))
  return status.status === 'SYNCED'
}

function statusLines({ status, tables_present, tables_expected, tables_missing, drift }: BootstrapStatus): string[] {
  return [
    `${status}: ${tables_present} of ${tables_expected} tables are there.`,
    ...(tables_missing.length > 0 ? [`Missing: ${tables_missing.join(', ')}`] : []),
    ...drift.map(({ table, columns }) => `${table} differs from its declaration: ${columns.join('; ')}`),
  ]
}

function reportLines({ tables, runs_resumed }: BootstrapReport): string[] {
  const created = tables.filter(({ state }) => state === 'created').length
  return [`Created: ${created}.`, ...(runs_resumed > 0 ? [`Runs that waited and go on now: ${runs_resumed}.`] : [])]
}
