import { dryRun } from '@gangway/core/dry-run'
import type { DryRunResult } from '@gangway/schemas/dry-run'
import { PLAN_IDS } from '@gangway/schemas/plans'
import type { Command } from 'commander'
import { columns, finish, printJson } from './output.ts'
import { withContexts } from './session.ts'

interface Options {
  tenantId: string
  companyName: string
  adminEmail: string
  plan: string
  json?: boolean
}

export function addDryRun(program: Command): void {
  program
    .command('dryrun')
    .description('check whether a tenant could be onboarded, and show what would be created; creates nothing')
    .requiredOption('--tenant-id <slug>', 'the id that the tenant would have')
    .requiredOption('--company-name <name>', 'the name of the company')
    .requiredOption('--admin-email <address>', 'the address of its admin')
    .requiredOption('--plan <plan>', `one of ${PLAN_IDS.join(', ')}`)
    .option('--json', 'one JSON document, for scripts')
    .addHelpText('after', '\nExit codes: 0 ready for onboarding, 1 not ready, 2 wrong usage.')
    .action((options: Options) => finish(options, () => run(options)))
}

async function run({ json, tenantId, companyName, adminEmail, plan }: Options): Promise<boolean> {
  const result = await withContexts(({ bootstrap: ctx }) => dryRun(ctx, { tenantId, companyName, adminEmail, plan }))
  if (json) printJson(result)
  else for (const line of resultLines(result)) console.log(line)
  return result.ready_for_onboarding
}

function resultLines({ validation_summary: { checks }, plan, message }: DryRunResult): string[] {
  return [
    'Checks',
    ...indent(
      columns(checks.map(({ name, status, reason, error_id }) => [status, name, error_id ? `${reason} (${error_id})` : reason])),
    ),
    '',
    ...(plan
      ? [`Plan ${plan.digest}`, ...indent(columns(plan.resources.map(({ action, kind, name }) => [action, kind, name]))), '']
      : []),
    message,
  ]
}

function indent(lines: string[]): string[] {
  return lines.map((line) => `  ${line}`)
}
