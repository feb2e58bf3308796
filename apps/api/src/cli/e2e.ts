import { PROVIDER_IDS, type ProviderId } from '@gangway/schemas/integrations'
import { type Command, Option } from 'commander'
import { check, type Credential } from './e2e/check.ts'
import type { CheckStep } from './e2e/steps.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION } from './output.ts'
import { withSession } from './session.ts'

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
        .option('--key <key>', 'a key of that provider, for the integration and the pipeline')
    }
    const usual = `gangway e2e ${name}`
    const examples = steps.includes('integration') ? [`${usual} --provider openai --key sk-…`] : []
    const needsKey = name === 'integration'
    command
      .addHelpText('after', help(EXIT_CODES, ...(needsKey ? [] : [usual, `${usual} --json`]), ...examples))
      .action((options: Options, itself: Command) => {
        const credential = credentialOf(itself, options, needsKey)
        return finish(options, () =>
          withSession((session) => check(session, { steps, credential, json: options.json ?? false }), { heeds: true }),
        )
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

/** Both or none; wrong usage otherwise. */
function credentialOf(command: Command, { provider, key }: Options, isNeeded: boolean): Credential | undefined {
  if (provider && key) return { provider, key }
  if (provider || key || isNeeded) command.error('error: give both --provider and --key')
  return undefined
}
