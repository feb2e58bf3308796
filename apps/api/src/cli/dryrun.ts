import { dryRun } from '@gangway/core/dry-run'
import type { DryRunCheck, DryRunResult } from '@gangway/schemas/dry-run'
import { PLAN_IDS } from '@gangway/schemas/plans'
import { suggestSlug } from '@gangway/schemas/slug'
import type { Command } from 'commander'
import { help } from './help.ts'
import { columns, finish, indent, JSON_OPTION, printJson, say } from './output.ts'
import { paint, type Tone } from './paint.ts'
import { withSession } from './session.ts'

interface Options {
  tenantId?: string
  company: string
  email: string
  plan: string
  json?: boolean
}

export function addDryRun(program: Command): void {
  program
    .command('dryrun')
    .description('check whether a tenant could be onboarded, and show what would be created; creates nothing')
    .requiredOption('--company <name>', 'the name of the company')
    .requiredOption('--email <address>', 'the address of its admin')
    .requiredOption('--plan <plan>', `one of ${PLAN_IDS.join(', ')}`)
    .option('--tenant-id <slug>', 'the id that the tenant would have; made from the company unless given')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 ready for onboarding, 1 not ready, 2 wrong usage.',
        'gangway dryrun --company "Acme Corp" --email ada@acme.example --plan STARTER',
        'gangway dryrun --tenant-id acme --company "Acme Corp" --email ada@acme.example --plan SCALE --json',
      ),
    )
    .action((options: Options) => finish(options, () => run(options)))
}

async function run({ json, company, email, plan, tenantId = suggestSlug(company) }: Options): Promise<boolean> {
  const input = { tenantId, companyName: company, adminEmail: email, plan }
  const result = await withSession(({ contexts }) => dryRun(contexts.bootstrap, input))
  if (json) printJson(result)
  else say([...dryRunLines(result), result.message])
  return result.ready_for_onboarding
}

const TONES: Record<DryRunCheck['status'], Tone> = { passed: 'good', failed: 'bad', skipped: 'quiet' }

/** The checks, and the plan where there is one. */
export function dryRunLines({ validation_summary: { checks }, plan }: DryRunResult): string[] {
  const checkRows = checks.map(({ name, status, reason, error_id }) => [
    paint(TONES[status], status),
    name,
    error_id ? `${reason} (${error_id})` : reason,
  ])
  return [
    paint('strong', 'Checks'),
    ...indent(columns(checkRows)),
    '',
    ...(plan
      ? [
          `${paint('strong', 'Plan')} ${paint('quiet', plan.digest)}`,
          ...indent(columns(plan.resources.map(({ action, kind, name }) => [action, kind, name]))),
          '',
        ]
      : []),
  ]
}
