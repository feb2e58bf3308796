import type { Command } from 'commander'
import { help } from './help.ts'
import { columns, finish, indent, JSON_OPTION, printJson, say } from './output.ts'
import { paint } from './paint.ts'
import { withSession } from './session.ts'
import { readStatus, type Status } from './status/read.ts'

export function addStatus(program: Command): void {
  program
    .command('status')
    .description('say how the installation is: database, warehouse, workers, queue, runs, alerts')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help('Exit codes: 0 all is well, 1 something is wrong, 2 wrong usage.', 'gangway status', 'gangway status --json'),
    )
    .action((options: { json?: boolean }) => finish(options, () => run(options)))
}

async function run({ json }: { json?: boolean }): Promise<boolean> {
  const status = await withSession(readStatus)
  if (json) printJson(status)
  else say(statusLines(status))
  return status.ok
}

function statusLines(status: Status): string[] {
  const { database, migrations, bootstrap, workers, queue, runs, pending_syncs, alerts, problems } = status
  const raised = alerts.filter((alert) => alert.raised).map(({ kind }) => kind)
  const states = Object.entries(runs.states).filter(([, count]) => count > 0)
  const rows = [
    ['Database', `Postgres ${database.version}, ${Math.round(database.size_bytes / 1_000_000)} MB`],
    ['Migrations', `${migrations.applied} of ${migrations.known}`],
    ['Warehouse', `${bootstrap.status}, ${bootstrap.tables_present} of ${bootstrap.tables_expected} tables`],
    ['Workers', String(workers)],
    ['Queue', `${queue.waiting} waiting, ${queue.active} active, ${queue.failed} failed`],
    ['Runs', states.length === 0 ? 'none' : states.map(([state, count]) => `${count} ${state}`).join(', ')],
    ['Pending syncs', `${pending_syncs.pending} waiting, ${pending_syncs.failed} failed`],
    ['Alerts', raised.length === 0 ? 'none' : raised.join(', ')],
  ]
  return [
    ...columns(rows),
    '',
    ...(status.ok ? [paint('good', 'All is well.')] : [paint('bad', 'Something is wrong:'), ...indent(problems)]),
  ]
}
