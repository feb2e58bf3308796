import { GangwayError } from '@gangway/core/errors'
import { findRun, listAllRuns, operatorKey } from '@gangway/core/provisioning'
import type { RunRow } from '@gangway/schemas/runs'
import { z } from 'zod'
import type { Session } from '../session.ts'

/** The id of a run that is named by it, by its checkout session or by its tenant. Throws RUN_NOT_FOUND. */
export async function findRunId({ contexts: { base } }: Session, which: string): Promise<string> {
  if (z.uuid().safeParse(which).success) return which
  const known = (await findRun(base, which)) ?? (await findRun(base, operatorKey(which))) ?? (await newestOf(base, which))
  if (!known) throw new GangwayError('RUN_NOT_FOUND')
  return known.id
}

/** A slug that was given back can have had several runs: the newest is meant. */
async function newestOf(base: Session['contexts']['base'], slug: string): Promise<RunRow | undefined> {
  const { rows } = await listAllRuns(base, { filter: { text: slug }, limit: 200 })
  return rows.find((row) => row.slug === slug)
}
