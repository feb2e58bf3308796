import { CommanderError, program } from 'commander'
import { addAdmin } from '../cli/admin.ts'
import { addAnswers } from '../cli/answers.ts'
import { addBootstrap } from '../cli/bootstrap.ts'
import { addDemo } from '../cli/demo.ts'
import { addDoctor } from '../cli/doctor.ts'
import { addDryRun } from '../cli/dryrun.ts'
import { addE2e } from '../cli/e2e.ts'
import { help } from '../cli/help.ts'
import { addKeys } from '../cli/keys.ts'
import { addOnboard } from '../cli/onboard.ts'
import { sayFailure } from '../cli/output.ts'
import { addRuns } from '../cli/runs.ts'
import { addStarter } from '../cli/starter.ts'
import { addStatus } from '../cli/status.ts'
import { addSync } from '../cli/sync.ts'
import { up } from '../cli/up.ts'
import { signalled } from './until-signalled.ts'

/** Of every command: 0 done, 1 failed, 2 wrong usage. */
const WRONG_USAGE = 2
/** What a failure has left open keeps nobody waiting. */
const LEFT_OPEN_MS = 5000

program
  .name('gangway')
  .description('Customer onboarding, from sign-up to a working tenant.')
  .showHelpAfterError('Add --help for usage and examples.')
  // Inherited by the commands that are added after it.
  .exitOverride()

program
  .command('up')
  .description('run everything: database, API, worker, customer and staff pages, until Ctrl-C')
  .addHelpText(
    'after',
    help('Exit codes: 0 stopped, 1 could not start, 2 wrong usage.', 'gangway up', 'DATA_DIR=/srv/gangway gangway up'),
  )
  .action(() => up((line) => console.log(line), signalled()))
addBootstrap(program)
addDryRun(program)
addOnboard(program)
addRuns(program)
addSync(program)
addAnswers(program)
addStarter(program)
addDoctor(program)
addKeys(program)
addAdmin(program)
addE2e(program)
addDemo(program)
addStatus(program)

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : WRONG_USAGE
  else {
    sayFailure(error)
    process.exitCode = 1
  }
}
setTimeout(() => process.exit(), LEFT_OPEN_MS).unref()
