import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../run/places.mjs'

const READER = 'apps/api/src/config/env.ts'

/** Where the example and the reader of the environment name different variables. */
export function missingConfiguration(example) {
  if (!existsSync(path.join(ROOT, READER))) return []
  const read = names(READER, /^\s*([A-Z][A-Z0-9_]+):/gm)
  if (!existsSync(path.join(ROOT, example))) return [`there is no ${example}, and ${READER} reads ${read.size} variables`]
  const shown = names(example, /^(?:# ?)?([A-Z][A-Z0-9_]+)=/gm)
  return [
    ...[...read].filter((name) => !shown.has(name)).map((name) => `${example}: ${name} is missing, which ${READER} reads`),
    ...[...shown].filter((name) => !read.has(name)).map((name) => `${example}: ${name} is read by nothing`),
  ]
}

function names(file, pattern) {
  return new Set([...readFileSync(path.join(ROOT, file), 'utf8').matchAll(pattern)].map(([, name]) => name))
}
