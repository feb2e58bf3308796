import { type Config } from '../config/config.ts'
import { ConfigError } from '../config/env.ts'

/** A server or a worker by itself shares its database with others, so it cannot be the embedded one that `gangway up` owns. */
export function externalDatabase({ database }: Config): string {
  if (database.provider === 'external') return database.ownerUrl
  throw new ConfigError('Set DATABASE_URL: a server or a worker by itself needs a database that others can reach.')
}
