import type { ErrorCode } from '../codes.ts'
import { byCode, type ErrorPattern, text } from './pattern.ts'

/** By SQLSTATE: a whole code, or a class of two characters. */
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

/** SQLSTATEs: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export const POSTGRES_PATTERNS: readonly ErrorPattern[] = [
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
  postgres('too many connections', ['53300'], 'DATABASE_BUSY'),
  postgres('disk full', ['53100'], 'STORAGE_FULL'),
  postgres('out of memory', ['53200'], 'DATABASE_BUSY'),
  postgres('missing table, schema or column', ['42P01', '3F000', '42703'], 'SYSTEM_NOT_READY'),
  postgres('privilege missing', ['42501'], 'SYSTEM_NOT_READY'),
  postgres('wrong database password', ['28'], 'DATABASE_UNAVAILABLE'),
  byCode(
    'connection closed by the database',
    ['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED'],
    'DATABASE_UNAVAILABLE',
  ),
  byCode('database did not accept in time', ['CONNECT_TIMEOUT'], 'DATABASE_UNAVAILABLE'),
]
