import { GangwayError } from '@gangway/core/errors'
import { newestLiveKey, rewrapSecrets, rotateKey } from '@gangway/core/keys'
import { findOrganization } from '@gangway/core/organizations'
import { LONGEST_OVERLAP_DAYS } from '@gangway/schemas/keys'
import { type Command, Option } from 'commander'
import { help } from './help.ts'
import { columns, finish, indent, JSON_OPTION, printJson, progressBar, say } from './output.ts'
import { paint } from './paint.ts'
import { type Session, withSession } from './session.ts'

interface RotateOptions {
  tenant: string
  overlapDays: string
  json?: boolean
}

const DAYS = Array.from({ length: LONGEST_OVERLAP_DAYS + 1 }, (_, days) => String(days))

export function addKeys(program: Command): void {
  const keys = program.command('keys').description('API keys, and the key that secrets are wrapped by')
  keys
    .command('rotate')
    .description('give a tenant a new API key, shown once; the one it has works as well for a while')
    .requiredOption('--tenant <slug>', 'whose key')
    .addOption(new Option('--overlap-days <days>', 'for so long the old key works as well').choices(DAYS).default('1'))
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 rotated, 1 failed, 2 wrong usage.',
        'gangway keys rotate --tenant acme_corp',
        'gangway keys rotate --tenant acme_corp --overlap-days 0 --json',
      ),
    )
    .action((options: RotateOptions) => finish(options, () => withSession((session) => rotate(session, options))))
  keys
    .command('rewrap')
    .description('wrap every stored secret by the newest key of the vault; can be stopped and called again')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help(
        'Exit codes: 0 all are wrapped by it, 1 some cannot be read by any key, 2 wrong usage.',
        'gangway keys rewrap',
        'gangway keys rewrap --json',
      ),
    )
    .action((options: { json?: boolean }) => finish(options, () => withSession((session) => rewrap(session, options))))
}

async function rotate({ contexts }: Session, { tenant, overlapDays, json }: RotateOptions): Promise<boolean> {
  const organization = await findOrganization(contexts.base, { slug: tenant })
  if (!organization) throw new GangwayError('NOT_FOUND')
  const { id: orgId } = organization
  const keyId = await newestLiveKey(contexts.keys, { orgId })
  // Nobody is signed in at a terminal: this is the only showing.
  const rotated = await rotateKey(contexts.keys, { orgId, keyId, overlapDays: Number(overlapDays), userId: null })
  const { apiKey, key } = rotated
  if (json)
    printJson({
      tenant_id: tenant,
      api_key: apiKey,
      fingerprint: key.fingerprint,
      overlap_days: keyId ? Number(overlapDays) : null,
    })
  else {
    const old = keyId ? `works for another ${overlapDays === '1' ? 'day' : `${overlapDays} days`}` : 'there was none'
    const rows = [
      ['Tenant', tenant],
      ['API key', paint('strong', apiKey)],
      ['Old key', overlapDays === '0' && keyId ? 'has stopped working' : old],
    ]
    say([...indent(columns(rows)), '', 'The key is shown this once. Keep it where secrets are kept.'])
  }
  return true
}

async function rewrap({ contexts }: Session, { json = false }: { json?: boolean }): Promise<boolean> {
  const bar = json ? undefined : progressBar(process.stderr)
  const onProgress = ({ source, done, total }: { source: string; done: number; total: number }) =>
    bar?.step({ done, total, label: source })
  const result = await rewrapSecrets(contexts.keys, { onProgress }).finally(() => bar?.end())
  const { keyId, rewrapped, overtaken, unreadable } = result
  if (json) printJson({ key_id: keyId, rewrapped, overtaken, unreadable })
  else {
    say([`${rewrapped} secrets are wrapped by ${keyId} now.`])
    if (overtaken > 0) say([`${overtaken} were changed or deleted meanwhile.`])
    if (unreadable > 0) say([`${unreadable} cannot be read by any key that the vault has, and were left as they are.`])
  }
  return unreadable === 0
}
