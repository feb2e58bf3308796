import { byCode, type ErrorPattern } from './pattern.ts'

/** What Node.js says of connections and disks. */
export const NETWORK_PATTERNS: readonly ErrorPattern[] = [
  byCode('connection refused', ['ECONNREFUSED'], 'NETWORK_UNREACHABLE'),
  byCode('host not found', ['ENOTFOUND', 'EAI_AGAIN'], 'NETWORK_UNREACHABLE'),
  byCode('connection cut', ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'], 'NETWORK_UNREACHABLE'),
  byCode(
    'no answer in time',
    ['ETIMEDOUT', 'ECONNABORTED', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
    'NETWORK_TIMEOUT',
  ),
  byCode('no space on the disk', ['ENOSPC'], 'STORAGE_FULL'),
  { name: 'deadline passed', code: 'NETWORK_TIMEOUT', matches: (error) => error.name === 'TimeoutError' },
]
