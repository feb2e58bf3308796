import { examineAll, examineOrganization, repairOrganization, type Repair } from '@gangway/core/doctor'
import { GangwayError } from '@gangway/core/errors'
import { findOrganization } from '@gangway/core/organizations'
import type { Finding } from '@gangway/schemas/doctor'
import type { Command } from 'commander'
import { Interrupted } from './command-failure.ts'
import { help } from './help.ts'
import { columns, finish, indent, JSON_OPTION, printJson, progressBar, say } from './output.ts'
import { paint, type Tone } from './paint.ts'
import { type Session, withSession } from './session.ts'

interface Options {
  tenant?: string
  repair?: boolean
  json?: boolean
}

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('compare organizations with what the dry run plans for them: dataset, tables, view, key, rows, starter kits')
    .option('--tenant <slug>', 'only this one')
    .option('--repair', 'put right what differs; safe to repeat')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 all are healthy (after the repair), 1 some are not or could not be looked at, 2 wrong usage.',
        'gangway doctor',
        'gangway doctor --tenant acme_corp --repair',
        'gangway doctor --repair --json',
      ),
    )
    .action((options: Options) => finish(options, () => withSession((session) => run(session, options), { heeds: true })))
}

async function run(session: Session, { tenant, repair = false, json = false }: Options): Promise<boolean> {
  const found = tenant === undefined ? await all(session, { repair, json }) : [await one(session, tenant, repair)]
  const rows = found.map(rowOf)
  const healthy = rows.filter(({ health }) => health === 'healthy').length
  if (json) printJson({ rows, healthy, total: rows.length })
  else {
    say(rows.filter(({ health, repaired }) => health !== 'healthy' || repaired.length > 0).flatMap(rowLines))
    say([`${healthy} of ${rows.length} organizations ${healthy === 1 ? 'is' : 'are'} healthy.`])
  }
  return healthy === rows.length
}

async function one({ contexts: { base, provisioning } }: Session, slug: string, repair: boolean): Promise<Repair> {
  const organization = await findOrganization(base, { slug })
  if (!organization) throw new GangwayError('NOT_FOUND')
  const { id: orgId } = organization
  if (repair) return repairOrganization(provisioning, { orgId, actorId: null })
  return { repaired: [], examination: await examineOrganization(provisioning, { orgId }) }
}

async function all({ contexts, signal }: Session, { repair, json }: { repair: boolean; json: boolean }): Promise<Repair[]> {
  const found: Repair[] = []
  const bar = json || !process.stderr.isTTY ? undefined : progressBar(process.stderr)
  await examineAll(contexts.provisioning, {
    ...(repair && { repair: { actorId: null } }),
    signal,
    onOrganization: (each, progress) => {
      found.push(each)
      bar?.step({ ...progress, label: each.examination.tenant.org.slug })
    },
  }).finally(() => bar?.end())
  if (signal.aborted) throw new Interrupted(`Interrupted after ${found.length} organizations.`)
  return found.toSorted((one, other) => (one.examination.tenant.org.slug < other.examination.tenant.org.slug ? -1 : 1))
}

interface Row {
  tenant: string
  health: 'healthy' | 'differs' | 'unknown'
  findings: Finding[]
  repaired: Finding[]
  error_id: string | null
}

function rowOf({ repaired, examination: { tenant, status, findings, errorId } }: Repair): Row {
  return { tenant: tenant.org.slug, health: status, findings, repaired, error_id: errorId }
}

const TONES: Record<Row['health'], Tone> = { healthy: 'good', differs: 'bad', unknown: 'warning' }

function rowLines({ tenant, health, findings, repaired, error_id }: Row): string[] {
  const lines = [
    ...repaired.map((finding) => [paint('good', 'repaired'), ...cells(finding)]),
    ...findings.map((finding) => [paint('bad', finding.repairable ? 'differs' : 'by hand'), ...cells(finding)]),
  ]
  const why = error_id ? ` (${error_id})` : ''
  return [`${paint('strong', tenant)} ${paint(TONES[health], health)}${why}`, ...indent(columns(lines))]
}

function cells({ kind, name, problem }: Finding): string[] {
  return [kind, name, problem]
}
