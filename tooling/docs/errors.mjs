import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../run/places.mjs'

/** The error codes and patterns that the document does not describe. */
export async function missingErrors(document) {
  if (!existsSync(path.join(ROOT, document))) return []
  const text = readFileSync(path.join(ROOT, document), 'utf8')
  const { ERRORS } = await import('../../packages/core/src/errors/codes.ts')
  const { PATTERNS } = await import('../../packages/core/src/errors/catalogue.ts')
  return [
    ...Object.keys(ERRORS)
      .filter((code) => !text.includes(`\`${code}\``))
      .map((code) => `${document}: the code ${code} is missing`),
    ...PATTERNS.filter(({ name }) => !text.includes(name)).map(({ name }) => `${document}: the pattern "${name}" is missing`),
  ]
}
