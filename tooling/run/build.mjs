import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { capture } from './child.mjs'
import { Failure } from './failure.mjs'
import { withLock } from './lock.mjs'
import { PACKAGES_BIN, ROOT } from './places.mjs'
import { step } from './progress.mjs'

const APPS = ['apps/web', 'apps/admin']
/** What the last build was made of: asking turbo takes longer than reading every file. */
const STAMP = path.join(ROOT, '.turbo', 'built')
const IGNORED = new Set(['node_modules', '.next', '.turbo', 'dist', 'next-env.d.ts'])

/** Builds the web and admin apps, unless nothing that they are made of has changed. */
export function buildApps() {
  return withLock(async () => {
    const wanted = fingerprint()
    if (isBuilt(wanted)) return
    await step('Building the web and admin apps', async () => {
      const { code, output } = await capture(path.join(PACKAGES_BIN, 'turbo'), [
        'run',
        'build',
        '--output-logs=errors-only',
        '--no-color',
      ])
      if (code !== 0) throw new Failure(`The apps could not be built.\n${output.trim()}`)
    })
    mkdirSync(path.dirname(STAMP), { recursive: true })
    writeFileSync(STAMP, wanted)
  })
}

function isBuilt(wanted) {
  if (!APPS.every((app) => existsSync(path.join(ROOT, app, '.next', 'BUILD_ID')))) return false
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const file of [...APPS, 'packages', 'apps/api/src', 'pnpm-lock.yaml', 'turbo.json', 'tooling/tsconfig.base.json'].flatMap(
    filesIn,
  )) {
    hash.update(`\n${file}\n`).update(readFileSync(path.join(ROOT, file)))
  }
  return hash.digest('hex')
}

function filesIn(place) {
  if (!statSync(path.join(ROOT, place)).isDirectory()) return [place]
  const names = readdirSync(path.join(ROOT, place)).filter((name) => !IGNORED.has(name))
  return names.sort().flatMap((name) => filesIn(`${place}/${name}`))
}
