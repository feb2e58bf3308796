import type { ErrorCode } from './codes.ts'

export interface ErrorPattern {
  /** Names the pattern in docs/errors.md. */
  name: string
  code: ErrorCode
  matches(error: Error): boolean
}

/** A Postgres error by SQLSTATE: a whole code, or a class of two characters. */
function postgres(name: string, states: readonly string[], code: ErrorCode): ErrorPattern {
  return { name, code, matches: (error) => isPostgres(error) && states.some((state) => text(error, 'code').startsWith(state)) }
}

/** A duplicate under a constraint whose name fits. */
function duplicate(name: string, constraint: RegExp, code: ErrorCode): ErrorPattern {
  return {
    name,
    code,
    matches: (error) => isPostgres(error) && text(error, 'code') === '23505' && constraint.test(text(error, 'constraint_name')),
  }
}

function isPostgres(error: Error): boolean {
  return error.name === 'PostgresError'
}

/** A failure of the network, by the code that Node.js or the database driver gives it. */
function network(name: string, codes: readonly string[], code: ErrorCode): ErrorPattern {
  return { name, code, matches: (error) => codes.includes(text(error, 'code')) }
}

/** A status that another service answered with. */
function upstream(name: string, fits: (status: number) => boolean, code: ErrorCode): ErrorPattern {
  return {
    name,
    code,
    matches: (error) => {
      const status = number(error, 'statusCode') ?? number(error, 'status')
      return status !== undefined && fits(status)
    },
  }
}

function text(error: Error, property: string): string {
  const value: unknown = Reflect.get(error, property)
  return typeof value === 'string' ? value : ''
}

function number(error: Error, property: string): number | undefined {
  const value: unknown = Reflect.get(error, property)
  return typeof value === 'number' ? value : undefined
}

/** Read from top to bottom; the first that fits wins. SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const PATTERNS: readonly ErrorPattern[] = [
  duplicate('slug already in use', /^organizations_slug$|^slug_reservations_pkey$/, 'SLUG_TAKEN'),
  duplicate('duplicate key', /^organizations_/, 'ORGANIZATION_EXISTS'),
  postgres('other duplicate key', ['23505'], 'DATABASE_CONFLICT'),
  postgres('foreign key', ['23503'], 'DATA_REJECTED'),
  postgres('missing value or failed check', ['23502', '23514'], 'DATA_REJECTED'),
  postgres('value too long or malformed', ['22'], 'DATA_REJECTED'),
  postgres('serialization failure', ['40001'], 'DATABASE_CONFLICT'),
  postgres('deadlock', ['40P01'], 'DATABASE_CONFLICT'),
  postgres('lock not available', ['55P03'], 'DATABASE_BUSY'),
  postgres('statement timeout', ['57014'], 'DATABASE_BUSY'),
  postgres('server shutting down or starting', ['57P'], 'DATABASE_UNAVAILABLE'),
  postgres('connection exception', ['08'], 'DATABASE_UNAVAILABLE'),
  postgres('session ended for standing still', ['25P03'], 'DATABASE_UNAVAILABLE'),
  postgres('too many connections', ['53300'], 'DATABASE_BUSY'),
  postgres('disk full', ['53100'], 'STORAGE_FULL'),
  postgres('out of memory', ['53200'], 'DATABASE_BUSY'),
  postgres('missing table, schema or column', ['42P01', '3F000', '42703'], 'SYSTEM_NOT_READY'),
  postgres('privilege missing', ['42501'], 'SYSTEM_NOT_READY'),
  postgres('wrong database password', ['28'], 'DATABASE_UNAVAILABLE'),
  network(
    'connection closed by the database',
    ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED'],
    'DATABASE_UNAVAILABLE',
  ),
  network('database did not accept in time', ['CONNECT_TIMEOUT'], 'DATABASE_UNAVAILABLE'),
  network('connection refused', ['ECONNREFUSED'], 'NETWORK_UNREACHABLE'),
  network('host not found', ['ENOTFOUND', 'EAI_AGAIN'], 'NETWORK_UNREACHABLE'),
  network('connection cut', ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'], 'NETWORK_UNREACHABLE'),
  network(
    'no answer in time',
    ['ETIMEDOUT', 'ECONNABORTED', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    'NETWORK_TIMEOUT',
  ),
  network('no space on the disk', ['ENOSPC'], 'STORAGE_FULL'),
  network('request body too large', ['FST_ERR_CTP_BODY_TOO_LARGE'], 'PAYLOAD_TOO_LARGE'),
  network(
    'request not JSON',
    ['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_INVALID_MEDIA_TYPE', 'FST_ERR_CTP_EMPTY_JSON_BODY'],
    'REQUEST_MALFORMED',
  ),
  { name: 'deadline passed', code: 'NETWORK_TIMEOUT', matches: (error) => error.name === 'TimeoutError' },
  {
    name: 'input does not fit its schema',
    code: 'INPUT_INVALID',
    matches: (error) => error.name === 'ZodError' || error.name === '$ZodError',
  },
  upstream('too many requests', (status) => status === 429, 'RATE_LIMITED'),
  upstream('service failed', (status) => status >= 500, 'UPSTREAM_FAILED'),
]
