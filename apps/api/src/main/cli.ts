import { program } from 'commander'
import { up } from '../cli/up.ts'
import { ConfigError } from '../config/env.ts'
import { signalled } from './until-signalled.ts'

program.name('gangway').description('Customer onboarding, from sign-up to a working tenant.').showHelpAfterError()

program
  .command('up')
  .description('run everything: database, API, worker, customer and staff pages, until Ctrl-C')
  .action(() => up((line) => console.log(line), signalled()))

try {
  await program.parseAsync()
} catch (error) {
  // A person made a mistake that has a name: no stack helps them.
  console.error(error instanceof ConfigError ? error.message : error)
  process.exitCode = 1
}
