import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { PACKAGES_BIN, ROOT } from '../run/places.mjs'

/** A file, what stands in it, and the rule that it breaks. `#` becomes a number, so that one run of the linter sees them all. */
const FORBIDDEN = [
  ['packages/schemas/src/#.ts', `import '@gangway/core/keys'`, 'boundaries'],
  ['packages/schemas/src/#.ts', `import type { Db } from '@gangway/db/client'`, 'boundaries'],
  ['packages/db/src/#.ts', `import '@gangway/core/keys'`, 'boundaries'],
  ['packages/db/src/#.ts', `import '../../core/src/context.ts'`, 'boundaries'],
  ['packages/core/src/keys/#.ts', `import '@gangway/adapters/stripe'`, 'boundaries'],
  ['packages/core/src/keys/#.ts', `export const a = await import('@gangway/api/router')`, 'boundaries'],
  ['packages/adapters/src/#.ts', `export { a } from '@gangway/api/router'`, 'boundaries'],
  ['apps/api/src/#.ts', `import '@gangway/web/paths'`, 'boundaries'],
  ['apps/web/src/#.ts', `import type { Key } from '@gangway/core/keys'`, 'boundaries'],
  ['apps/web/src/#.ts', `import { appRouter } from '@gangway/api/router'\nappRouter()`, 'boundaries'],
  ['apps/web/src/#.ts', `export type A = import('@gangway/db/client').Db`, 'boundaries'],
  ['packages/core/src/#.ts', `export const a = Date.now()`, 'no-restricted-properties'],
  ['packages/core/src/#.ts', `export const a = new Date()`, 'no-wall-clock'],
  ['packages/core/src/#.ts', `console.log(1)`, 'no-console'],
  ['packages/core/src/#.ts', `export const a = process.env.A`, 'no-process-env'],
  ['packages/core/src/#.ts', `export const { env } = globalThis.process`, 'no-hidden-process'],
  ['packages/db/src/#.ts', `export const a = process['env']['A']`, 'no-process-env'],
  ['apps/api/src/#.ts', `import { env } from 'node:process'\nexport const a = env`, 'no-restricted-imports'],
  ['apps/api/src/#.ts', `export const a: any = 1`, 'no-explicit-any'],
  ['apps/api/src/#.ts', `export const a = {} as Error`, 'consistent-type-assertions'],
  ['apps/api/src/#.ts', `export const a = (b?: string) => b!`, 'no-non-null-assertion'],
  [
    'apps/api/src/#.ts',
    `export const a = (...[]) => 1\nexport function b(c = 1, d = 2, e = 3, f = 4) { return c + d + e + f }`,
    'max-params',
  ],
  ['apps/api/src/#.ts', `export * from './b.ts'`, 'no-export-all'],
  ['apps/api/src/#.ts', `export default 1`, 'no-default-export'],
  ['apps/api/src/camelCase#.ts', '', 'filename-case'],
  ['apps/api/src/#.ts', 'export {}\n'.repeat(401), 'max-lines'],
]

const ALLOWED = [
  ['packages/core/src/#.ts', `import '@gangway/db/client'\nimport '@gangway/schemas/slug'\nexport const a = new Date(0)`],
  ['packages/core/src/#.test.ts', `export const a = Date.now()`],
  ['apps/web/src/#.ts', `import type { AppRouter } from '@gangway/api/router'\nexport type A = AppRouter`],
  ['apps/admin/src/#.ts', `import '@gangway/schemas/slug'`],
  ['apps/api/src/config/#.ts', `export const a = process.env['A']`],
  ['apps/api/src/#.ts', `export const a = ['x'] as const`],
]

const folder = mkdtempSync(path.join(tmpdir(), 'gangway-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
for (const name of ['.oxlintrc.json', 'tooling/lint']) cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true })

const cases = [...FORBIDDEN, ...ALLOWED].map(([template, content, rule], i) => ({
  file: template.replace('#', String(i)),
  content,
  rule,
}))
for (const { file, content } of cases) {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), content)
}
const { stdout } = spawnSync(path.join(PACKAGES_BIN, 'oxlint'), ['--format=json', 'packages', 'apps'], {
  cwd: folder,
  encoding: 'utf8',
})
const { diagnostics } = JSON.parse(stdout)

function brokenRules(file) {
  return diagnostics.filter(({ filename }) => filename === file).map(({ code }) => /\((.+)\)/.exec(code)[1])
}

it.each(cases.filter(({ rule }) => rule))('$file breaks $rule', ({ file, rule }) => {
  expect(brokenRules(file)).toContain(rule)
})

it.each(cases.filter(({ rule }) => !rule))('$file is fine', ({ file }) => {
  expect(brokenRules(file)).toEqual([])
})
