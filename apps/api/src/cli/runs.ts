import { PLAN_IDS } from '@gangway/schemas/plans'
import { RUN_STATES, STAGE_IDS } from '@gangway/schemas/provisioning'
import { type Command, Option } from 'commander'
import { countArgument } from './arguments.ts'
import { help, USUAL_EXIT_CODES } from './help.ts'
import { finish, JSON_OPTION } from './output.ts'
import { cancel, type CancelOptions } from './runs/cancel.ts'
import { list, type ListOptions } from './runs/list.ts'
import { retry, type RetryOptions } from './runs/retry.ts'
import { show } from './runs/show.ts'

const WHICH = 'its id, its checkout session, or the tenant'

/** What staff do with runs, from a terminal. */
export function addRuns(program: Command): void {
  const runs = program.command('runs').description('runs: list, look at one, retry, cancel')
  runs
    .command('list')
    .description('show runs, newest first')
    .addOption(new Option('--state <state...>', 'only in these states').choices(RUN_STATES))
    .addOption(new Option('--stage <stage...>', 'only at these stages').choices(STAGE_IDS))
    .addOption(new Option('--plan <plan...>', 'only of these plans').choices(PLAN_IDS))
    .option('--text <text>', 'only with this in the checkout, the tenant, the company or the address')
    .option('--limit <count>', 'at most so many', countArgument, 50)
    .option(...JSON_OPTION)
    .addHelpText('after', help(USUAL_EXIT_CODES, 'gangway runs list --state failed', 'gangway runs list --text acme --json'))
    .action((options: ListOptions) => finish(options, () => list(options)))
  runs
    .command('show')
    .description('show one run with its journal, and why it failed')
    .argument('<run>', WHICH)
    .option(...JSON_OPTION)
    .addHelpText('after', help(USUAL_EXIT_CODES, 'gangway runs show acme_corp', 'gangway runs show acme_corp --json'))
    .action((which: string, options: { json?: boolean }) => finish(options, () => show(which, options)))
  runs
    .command('retry')
    .description('take a failed run up again, where it stopped or from a stage on')
    .argument('<run>', WHICH)
    .addOption(new Option('--from <stage>', 'undo this stage and those after it, and do them anew').choices(STAGE_IDS))
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 succeeded, 1 failed again, 2 wrong usage.',
        'gangway runs retry acme_corp',
        'gangway runs retry acme_corp --from set_up_workspace',
      ),
    )
    .action((which: string, options: RetryOptions) => finish(options, () => retry(which, options)))
  runs
    .command('cancel')
    .description('give a failed run up: nothing takes it up again')
    .argument('<run>', WHICH)
    .requiredOption('--reason <text>', 'for the journal and the audit log')
    .option('--yes', 'do not ask')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 cancelled, 1 not cancelled, 2 wrong usage.',
        'gangway runs cancel acme_corp --reason "ordered twice"',
        'gangway runs cancel acme_corp --reason "ordered twice" --yes --json',
      ),
    )
    .action((which: string, options: CancelOptions, command: Command) => finish(options, () => cancel(command, which, options)))
}
