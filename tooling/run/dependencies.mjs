import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { capture } from './child.mjs'
import { installFailure } from './failure.mjs'
import { NODE, PNPM, ROOT } from './places.mjs'
import { step } from './progress.mjs'
import { NODE_VERSION, npm, PNPM_VERSION } from './toolchain.mjs'

const MODULES = path.join(ROOT, 'node_modules')
/** What was installed last. In node_modules, so that both go together. */
const STAMP = path.join(MODULES, '.gangway-installed')
const LEFT_BY_NPM = path.join(MODULES, '.package-lock.json')

/** Installs what the lockfile says, unless it is there already. */
export async function installDependencies() {
  const wanted = fingerprint()
  if (isInstalled(wanted)) return
  await step('Installing packages', async () => {
    rmSync(STAMP, { force: true })
    rmSync(LEFT_BY_NPM, { force: true })
    const env = { CI: 'true', NODE_ENV: 'development', ...(await npmSettings()) }
    // CI: nobody is there to answer a question. --prod=false: NODE_ENV=production must not leave out the tools.
    const flags = [
      'install',
      '--frozen-lockfile',
      '--prefer-offline',
      '--prod=false',
      '--reporter=append-only',
      '--fetch-retries=1',
    ]
    // pnpm waits for ever when packages cannot be fetched.
    const { code, output } = await capture(NODE, [PNPM, ...flags], { env, silentSeconds: 90 })
    if (code !== 0) throw installFailure('The packages', output)
    writeFileSync(STAMP, wanted)
  })
}

/** npm hands its settings to its scripts. Without it they are asked for: the machine may have its own registry or certificates. */
async function npmSettings() {
  if (process.env.npm_execpath) return {}
  const { output } = await npm(['config', 'get', 'registry', 'cafile'], ROOT)
  const lines = [...output.matchAll(/^(registry|cafile)=(.+)$/gm)].filter(
    ([, , value]) => value !== 'null' && value !== 'undefined',
  )
  return Object.fromEntries(lines.map(([, name, value]) => [`npm_config_${name}`, value]))
}

function isInstalled(wanted) {
  if (!existsSync(STAMP) || !existsSync(path.join(MODULES, '.modules.yaml')) || existsSync(LEFT_BY_NPM)) return false
  return readFileSync(STAMP, 'utf8') === wanted
}

function fingerprint() {
  const hash = createHash('sha256').update([NODE_VERSION, PNPM_VERSION, process.platform, process.arch].join(' '))
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', ...workspaceManifests()]) {
    hash.update(`\n${file}\n`).update(readFileSync(path.join(ROOT, file)))
  }
  return hash.digest('hex')
}

function workspaceManifests() {
  const folders = ['apps', 'packages'].flatMap((parent) =>
    readdirSync(path.join(ROOT, parent)).map((name) => `${parent}/${name}`),
  )
  return [...folders, 'bench'].map((folder) => `${folder}/package.json`).filter((file) => existsSync(path.join(ROOT, file)))
}
