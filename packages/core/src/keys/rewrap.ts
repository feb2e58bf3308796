import { inTransaction } from '@gangway/db/transaction'
import type { BaseContext } from '../context.ts'
import { classify } from '../errors/index.ts'
import type { Vault } from '../ports/index.ts'
import { countDue, type DueSecret, listDue, replace, SEALED_SOURCES } from './rewrap-sources.ts'

export interface RewrapProgress {
  /** What is being worked on, in the plural. */
  source: string
  done: number
  total: number
}

export interface RewrapResult {
  /** The key that everything is wrapped by now, but for what is unreadable. */
  keyId: string
  rewrapped: number
  /** Changed or deleted in the meantime: what is there now was sealed by the newest key, or is nothing. */
  overtaken: number
  /** Cannot be opened by any key that the vault holds. They were left as they are. */
  unreadable: number
}

interface RewrapOptions {
  /** Secrets read and written at once; 100 unless told. */
  batchSize?: number
  onProgress?: (progress: RewrapProgress) => void
}

const FIRST = '00000000-0000-0000-0000-000000000000'
/** Calls of the vault at once. */
const WIDTH = 8

type Rewrapping = BaseContext & { vault: Vault }
type Outcome = 'rewrapped' | 'overtaken' | 'unreadable'

/**
 * Wraps the data key of every sealed secret by the vault's newest key, after which older ones can be destroyed. Broken off
 * by a failure, which it throws, it is called again: what is done is not due any more.
 */
export async function rewrapSecrets(ctx: Rewrapping, { batchSize = 100, onProgress }: RewrapOptions = {}): Promise<RewrapResult> {
  const keyId = await ctx.vault.currentKeyId()
  const counts: Record<Outcome, number> = { rewrapped: 0, overtaken: 0, unreadable: 0 }
  for (const source of SEALED_SOURCES) {
    const total = await countDue(ctx.db, source, keyId)
    let done = 0
    let after = FIRST
    for (let batch = await next(); batch.length > 0; batch = await next()) {
      for (let start = 0; start < batch.length; start += WIDTH) {
        const outcomes = await allSettled(batch.slice(start, start + WIDTH).map((secret) => rewrapOne(ctx, source, secret)))
        for (const outcome of outcomes) counts[outcome] += 1
      }
      after = batch.at(-1)?.id ?? after
      done += batch.length
      onProgress?.({ source: source.name, done, total: Math.max(done, total) })
    }
    function next() {
      return listDue(ctx.db, source, { keyId, after, limit: batchSize })
    }
  }
  ctx.log.info({ keyId, ...counts }, 'secrets rewrapped')
  return { keyId, ...counts }
}

/** Throws the first failure once nothing is under way any more. */
async function allSettled<Result>(work: readonly Promise<Result>[]): Promise<Result[]> {
  await Promise.allSettled(work)
  return Promise.all(work)
}

/** The vault is asked outside any transaction; whether its answer still counts is decided by the row as it is then. */
async function rewrapOne(ctx: Rewrapping, source: (typeof SEALED_SOURCES)[number], secret: DueSecret): Promise<Outcome> {
  const { id, sealed: before } = secret
  try {
    const renewed = await ctx.vault.rewrap(before, secret.associatedData)
    const written = await inTransaction(ctx.db, (tx) => replace(tx, source, { id, before, after: renewed }))
    return written ? 'rewrapped' : 'overtaken'
  } catch (err) {
    if (classify(err).code !== 'SECRET_UNREADABLE') throw err
    ctx.log.warn({ err, source: source.name, id }, 'a secret cannot be rewrapped')
    return 'unreadable'
  }
}
