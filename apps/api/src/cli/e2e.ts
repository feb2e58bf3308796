import { text } from 'node:stream/consumers'
import { PROVIDER_IDS, type ProviderId } from '@gangway/schemas/integrations'
import { type Command, Option } from 'commander'
import { askSecret } from './ask.ts'
import { check, type Credential } from './e2e/check.ts'
import type { CheckStep } from './e2e/steps.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION } from './output.ts'
import { type Session, withSession } from './session.ts'

interface Options {
  provider?: ProviderId
  key?: string
  json?: boolean
}

const EXIT_CODES = 'Exit codes: 0 everything works and nothing is left behind, 1 something does not, 2 wrong usage.'

const FULL: readonly CheckStep[] = ['availability', 'bootstrap', 'onboarding', 'integration', 'pipeline', 'quota', 'final_check']

/** Checks of an installation with the services that it is configured for. */
export function addE2e(program: Command): void {
  const e2e = program
    .command('e2e')
    .description('check this installation with its real services, on a tenant e2e_xxxxxx that is always removed')
  const add = (name: string, description: string, steps: readonly CheckStep[]) => {
    const command = e2e
      .command(name)
      .description(description)
      .option(...JSON_OPTION)
    if (steps.includes('integration')) {
      command
        .addOption(new Option('--provider <provider>', 'whose key it is').choices(PROVIDER_IDS))
        .option('--key <key>', 'a key of that provider; without this it is read from standard input, or asked for')
    }
    const usual = `gangway e2e ${name}`
    const examples = steps.includes('integration') ? [`${usual} --provider openai < key.txt`] : []
    const needsKey = name === 'integration'
    command
      .addHelpText('after', help(EXIT_CODES, ...(needsKey ? [] : [usual, `${usual} --json`]), ...examples))
      .action((options: Options, itself: Command) => {
        if (!options.provider && (options.key || needsKey)) itself.error('error: give --provider')
        return finish(options, async () => {
          const key = options.key ?? (options.provider && (await pipedKey(itself)))
          return withSession(
            async (session) => {
              const credential = await credentialOf(session, { ...options, ...(key && { key }) })
              return check(session, { steps, credential, json: options.json ?? false })
            },
            { heeds: true },
          )
        })
      })
  }
  add('full', 'everything; integration and pipeline only where a key is given', FULL)
  add('bootstrap', 'the services answer, and the warehouse is set up', ['availability', 'bootstrap'])
  add('onboard', 'a tenant can be onboarded', ['availability', 'bootstrap', 'onboarding', 'final_check'])
  add('integration', 'a provider can be connected, and its usage synced', [
    'availability',
    'onboarding',
    'integration',
    'pipeline',
    'quota',
  ])
}

/** What stands on a command line is seen by everybody on the machine, and kept by shells: a key can come by a pipe instead. */
async function pipedKey(command: Command): Promise<string | undefined> {
  if (process.stdin.isTTY) return undefined
  const key = (await text(process.stdin)).trim()
  if (key === '') command.error('error: no key came on standard input')
  return key
}

/** Asked for where it has not come yet. */
async function credentialOf({ signal }: Session, { provider, key }: Options): Promise<Credential | undefined> {
  return provider && { provider, key: key ?? (await askSecret(`A key of ${provider}: `, signal)) }
}
