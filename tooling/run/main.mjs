import { bench } from './commands/bench.mjs'
import { format } from './commands/format.mjs'
import { gangway } from './commands/gangway.mjs'
import { start } from './commands/start.mjs'
import { test } from './commands/test.mjs'
import { testFaults } from './commands/test-faults.mjs'
import { verify } from './commands/verify.mjs'

import { installDependencies } from './dependencies.mjs'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { installToolchain } from './toolchain.mjs'

/** By name. */
const COMMANDS = {
  start: { run: start, says: 'install, build and run everything until Ctrl-C' },
  test: { run: test, says: 'verify, unit and integration tests on a real Postgres, browser tests in a real Chromium' },
  'test:faults': { run: testFaults, says: 'kill, freeze and cut off processes that onboard, and count what is lost' },
  verify: { run: verify, says: 'format, lint, types, dead code and documents, in seconds and without services' },
  format: { run: format, says: 'format every file' },
  bench: { run: bench, says: 'measure the product beside floors and peers: provisioning, latency or progress' },
  gangway: { run: gangway, says: 'the administrative command line; `npm run gangway -- --help` lists its commands' },
}

const [name = '--help', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (command) {
  process.exitCode = await run(command)
} else {
  const lines = Object.entries(COMMANDS).map(([known, { says }]) => `  npm run ${known.padEnd(8)} ${says}`)
  console.log(['Commands:', ...lines].join('\n'))
  process.exitCode = name === '--help' ? 0 : 1
}

async function run({ run: execute }) {
  try {
    await withLock(async () => {
      await installToolchain()
      await installDependencies()
    })
    return await execute(args)
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error)
    return 1
  }
}
