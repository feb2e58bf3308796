import { byCode, type ErrorPattern, text } from './pattern.ts'

/** What TLS and HTTP say of addresses that customers have named. */
export const OUTGOING_PATTERNS: readonly ErrorPattern[] = [
  byCode(
    'certificate not trusted',
    [
      ...['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'CERT_REVOKED', 'CERT_UNTRUSTED', 'ERR_TLS_CERT_ALTNAME_INVALID'],
      ...['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT'],
      ...['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ],
    'CERTIFICATE_REFUSED',
  ),
  {
    name: 'no TLS at that address',
    code: 'NETWORK_UNREACHABLE',
    matches: (error) => text(error, 'code') === 'EPROTO' || text(error, 'code').startsWith('ERR_SSL_'),
  },
  { name: 'the answer is not HTTP', code: 'UPSTREAM_FAILED', matches: (error) => text(error, 'code').startsWith('HPE_') },
  byCode('no way to that address', ['EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'], 'NETWORK_UNREACHABLE'),
]
