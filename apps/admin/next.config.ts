import { join } from 'node:path'
import type { NextConfig } from 'next'

const SECURITY_HEADERS = [
  { key: 'Content-Security-Policy', value: "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'" },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()' },
]

export default {
  transpilePackages: ['@gangway/schemas'],
  poweredByHeader: false,
  // A lockfile in a folder above the repository would otherwise be taken for its root.
  turbopack: { root: join(import.meta.dirname, '../..') },
  // `pnpm typecheck` does it, for all packages at once.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: SECURITY_HEADERS }],
} satisfies NextConfig
