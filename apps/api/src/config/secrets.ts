import { hkdfSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'
import { ConfigError, type Env } from './env.ts'

const storedSchema = z.object({
  rootKey: z.string().min(24),
  keyPepper: z.string().min(24),
  postgresPassword: z.string().min(24),
  adminPassword: z.string().min(10),
})
type Stored = z.infer<typeof storedSchema>

export interface Secrets extends Stored {
  /** Signs sessions. */
  authSecret: string
  /** Signs the sandbox's webhooks. */
  sandboxWebhookSecret: string
  /** Sign the links in mails: the first one does, all are good. */
  mailLinkKeys: readonly string[]
  /** Sign the cursors of lists, likewise. */
  cursorKeys: readonly string[]
}

export function secretsFile(dataDir: string): string {
  return path.join(dataDir, 'secrets.json')
}

/** What the environment does not give is made once and kept in the data folder, readable by its owner alone. */
export function loadSecrets(env: Env, dataDir: string): Secrets {
  const stored = readOrCreate(secretsFile(dataDir))
  const rootKey = env.GANGWAY_ROOT_KEY ?? stored.rootKey
  const rootKeys = [rootKey, ...(env.GANGWAY_PREVIOUS_ROOT_KEYS ?? [])]
  return {
    rootKey,
    keyPepper: env.GANGWAY_KEY_PEPPER ?? stored.keyPepper,
    postgresPassword: stored.postgresPassword,
    adminPassword: env.ADMIN_PASSWORD ?? stored.adminPassword,
    authSecret: derive(rootKey, 'sessions'),
    sandboxWebhookSecret: derive(rootKey, 'sandbox-webhooks'),
    mailLinkKeys: rootKeys.map((key) => derive(key, 'mail-links')),
    cursorKeys: rootKeys.map((key) => derive(key, 'cursors')),
  }
}

/** One root key is kept; each purpose has a key of its own derived from it. https://www.rfc-editor.org/rfc/rfc5869 */
function derive(rootKey: string, purpose: string): string {
  return Buffer.from(hkdfSync('sha256', rootKey, '', `gangway:${purpose}`, 32)).toString('base64url')
}

function readOrCreate(file: string): Stored {
  if (!existsSync(file)) {
    mkdirSync(path.dirname(file), { recursive: true })
    try {
      // `wx`: of two processes that start at once, the second reads what the first has written.
      writeFileSync(file, `${JSON.stringify(generate(), null, 2)}\n`, { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  const parsed = storedSchema.safeParse(parseJson(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  throw new ConfigError(
    `${file} is damaged, and without its keys the database cannot be opened. Restore it from a backup; to begin anew, move the whole data folder away.`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function generate(): Stored {
  return {
    rootKey: randomBytes(32).toString('base64url'),
    keyPepper: randomBytes(32).toString('base64url'),
    // Hexadecimal: it stands in connection addresses and SQL as it is.
    postgresPassword: randomBytes(24).toString('hex'),
    adminPassword: randomBytes(12).toString('base64url'),
  }
}
