import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
/** The pinned Node.js and pnpm, the lock and, where HOME cannot be used, its replacement. Safe to delete. */
export const TOOLS = path.join(ROOT, '.tools')
export const TOOLS_BIN = path.join(TOOLS, 'node_modules', '.bin')
export const PACKAGES_BIN = path.join(ROOT, 'node_modules', '.bin')
export const NODE = path.join(TOOLS_BIN, 'node')
export const PNPM = path.join(TOOLS_BIN, 'pnpm')
/** What the tests leave: reports, screenshots, traces. */
export const RESULTS = path.join(ROOT, 'test-results')
