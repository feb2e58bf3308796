import { dryRun } from '@gangway/core/dry-run'
import { GangwayError } from '@gangway/core/errors'
import { findRun, fulfil, type Fulfilment, onboardTenant, type OnboardTenantInput, operatorKey } from '@gangway/core/provisioning'
import type { DryRunResult } from '@gangway/schemas/dry-run'
import { PLAN_IDS, type PlanId } from '@gangway/schemas/plans'
import { type Command, Option } from 'commander'
import { emailArgument } from './arguments.ts'
import { Interrupted } from './command-failure.ts'
import { dryRunLines } from './dryrun.ts'
import { followRun } from './follow-run.ts'
import { help } from './help.ts'
import { finish, JSON_OPTION, printJson, say } from './output.ts'
import { stoppedLines, stoppedObject } from './run-text.ts'
import { type Session, withSession } from './session.ts'
import { stagesOf } from './stages.ts'
import { type Run, showTenant, takeTenant } from './tenant.ts'
import { tenantIdFor } from './tenant-id.ts'

interface Options {
  tenantId?: string
  company: string
  email: string
  plan: PlanId
  json?: boolean
}

export function addOnboard(program: Command): void {
  program
    .command('onboard')
    .description('make a tenant without a payment: the dry run, then the five stages live, then the API key, shown once')
    .requiredOption('--company <name>', 'the name of the company')
    .requiredOption('--email <address>', 'the address of its admin, who gets an account where there is none', emailArgument)
    .addOption(new Option('--plan <plan>', 'what it may use').choices(PLAN_IDS).makeOptionMandatory())
    .option('--tenant-id <slug>', 'the id of the tenant, for good; made from the company unless given')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 onboarded, 1 refused or failed, 2 wrong usage.',
        'gangway onboard --company "Acme Corp" --email a@acme.test --plan PROFESSIONAL',
        'gangway onboard --tenant-id acme --company "Acme Corp" --email a@acme.test --plan SCALE --json',
      ),
    )
    .action((options: Options, command: Command) => {
      const { company: companyName, email: adminEmail, plan } = options
      const input = { tenantId: tenantIdFor(command, options), companyName, adminEmail, plan }
      return finish(options, () => withSession((session) => onboard(session, input, options), { heeds: true }))
    })
}

async function onboard(session: Session, input: OnboardTenantInput, { json = false }: Options): Promise<boolean> {
  const { base, bootstrap } = session.contexts
  const checkoutSessionId = operatorKey(input.tenantId)
  const known = await findRun(base, checkoutSessionId)
  if (known?.state === 'succeeded') return showKeyOf(session, known, json)
  const checked = await dryRun(bootstrap, { ...input, ...(known && { runId: known.id }) })
  if (!json) say(dryRunLines(checked))
  if (!checked.ready_for_onboarding) return refuse(checked, json)

  const fulfilment = await start(session, input, known !== undefined)
  const started = await findRun(base, checkoutSessionId)
  if (!started) throw new GangwayError('RUN_NOT_FOUND')
  const followed = { fulfilment, userId: started.userId, lastSeq: known?.lastSeq ?? 0 }
  const journal = await followRun(session, followed, { quiet: json })
  if (session.signal.aborted) {
    throw new Interrupted(
      'Interrupted. The run goes on: the sweeper of the product takes it up. The same command shows the key when it is through.',
    )
  }
  const run = (await findRun(base, checkoutSessionId)) ?? started
  const stages = stagesOf(journal, base.clock.now().getTime()).map(({ stage, status, ms }) => ({ stage, status, ms }))
  if (run.state === 'succeeded') {
    const tenant = await takeTenant(session, run)
    if (json) printJson({ ...tenant, run_id: run.id, stages, dry_run: checked })
    else showTenant(tenant)
    return true
  }
  if (json) printJson({ ...stoppedObject(run), stages, dry_run: checked })
  else say(['', ...stoppedLines(run)])
  return false
}

/** The key of a run that came to its end while nobody looked. Throws ORGANIZATION_EXISTS when somebody has it already. */
async function showKeyOf(session: Session, run: Run, json: boolean): Promise<boolean> {
  const tenant = await takeTenant(session, run)
  if (tenant.api_key === null) throw new GangwayError('ORGANIZATION_EXISTS')
  if (json) printJson({ ...tenant, run_id: run.id })
  else showTenant(tenant)
  return true
}

/** A run that was cut off before is gone on with: its dry run may be long forgotten, and its slug is its own. */
function start({ contexts: { provisioning } }: Session, input: OnboardTenantInput, isKnown: boolean): Promise<Fulfilment> {
  return isKnown
    ? fulfil(provisioning, { checkoutSessionId: operatorKey(input.tenantId), resume: true })
    : onboardTenant(provisioning, input)
}

function refuse(checked: DryRunResult, json: boolean): boolean {
  const code = checked.validation_summary.checks.find(({ status }) => status === 'failed')?.code
  if (json) printJson({ error: code ?? 'DRY_RUN_REQUIRED', message: checked.message, dry_run: checked })
  else say([checked.message])
  return false
}
