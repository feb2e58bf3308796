import { listPendingSyncs, syncPendingRecord } from '@gangway/core/provisioning'
import type { PendingSync, PendingSyncsFilter, PendingSyncsPage } from '@gangway/schemas/runs'
import type { Command } from 'commander'
import type { Contexts } from '../compose.ts'
import { uuidArgument } from './arguments.ts'
import { help, USUAL_EXIT_CODES } from './help.ts'
import { finish, JSON_OPTION, printJson, progressBar, say, table } from './output.ts'
import { withSession } from './session.ts'

interface Options {
  json?: boolean
}

const PAGE = 200
const UNSYNCED: PendingSyncsFilter = { statuses: ['pending_sync', 'syncing', 'failed'] }

/** Organizations that the warehouse knows and Postgres could not be told about. */
export function addSync(program: Command): void {
  const sync = program.command('sync').description('pending syncs: what the warehouse knows and Postgres could not be told')
  sync
    .command('list')
    .description('show the records that are not synced')
    .option(...JSON_OPTION)
    .addHelpText('after', help(USUAL_EXIT_CODES, 'gangway sync list', 'gangway sync list --json'))
    .action((options: Options) => finish(options, () => list(options)))
  sync
    .command('one')
    .description('sync one record now')
    .argument('<id>', 'its id', uuidArgument)
    .option(...JSON_OPTION)
    .addHelpText('after', help(USUAL_EXIT_CODES, 'gangway sync one 6f1c3b0e-8a1f-4a57-9d0b-2f3a1c9e7d55'))
    .action((id: string, options: Options) => finish(options, () => one(id, options)))
  sync
    .command('all')
    .description('sync every record now, also those that have failed')
    .option(...JSON_OPTION)
    .addHelpText(
      'after',
      help('Exit codes: 0 all synced, 1 some failed, 2 wrong usage.', 'gangway sync all', 'gangway sync all --json'),
    )
    .action((options: Options) => finish(options, () => all(options)))
}

async function list({ json }: Options): Promise<boolean> {
  const records = await withSession(({ contexts }) => unsynced(contexts))
  if (json) printJson({ rows: records })
  else if (records.length === 0) console.log('Everything is synced.')
  else say(table(['ID', 'ORGANIZATION', 'STATUS', 'TRIES', 'NEXT TRY', 'LAST ERROR'], records.map(cells)))
  return true
}

async function one(id: string, { json }: Options): Promise<boolean> {
  const record = await withSession(({ contexts }) => syncPendingRecord(contexts.provisioning, { id, actorId: null }))
  if (json) printJson(record)
  else console.log(`${record.orgSlug} is synced.`)
  return true
}

async function all({ json }: Options): Promise<boolean> {
  const failed: { id: string; orgSlug: string }[] = []
  const total = await withSession(async ({ contexts }) => {
    const records = await unsynced(contexts)
    const bar = progressBar(process.stderr)
    for (const [index, { id, orgSlug }] of records.entries()) {
      await syncPendingRecord(contexts.provisioning, { id, actorId: null }).catch(() => failed.push({ id, orgSlug }))
      bar.step({ done: index + 1, total: records.length, label: orgSlug })
    }
    bar.end()
    return records.length
  })
  if (json) printJson({ synced: total - failed.length, failed })
  else console.log(`${total - failed.length} synced, ${failed.length} failed`)
  return failed.length === 0
}

async function unsynced({ base }: Contexts): Promise<PendingSync[]> {
  const records: PendingSync[] = []
  let cursor: string | null = null
  do {
    const page: PendingSyncsPage = await listPendingSyncs(base, { filter: UNSYNCED, cursor, limit: PAGE })
    records.push(...page.rows)
    cursor = page.nextCursor
  } while (cursor)
  return records
}

function cells({ id, orgSlug, status, retryCount, nextAttemptAt, lastError }: PendingSync): string[] {
  return [id, orgSlug, status, String(retryCount), nextAttemptAt.toISOString(), lastError ?? '']
}
