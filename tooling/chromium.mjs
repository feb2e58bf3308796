// Prints the path of a Chromium that really starts, as its last line; what it tries on the way goes to stderr.
import { chromium as playwright } from '@playwright/test'
import { existsSync } from 'node:fs'
import { installers } from './chromium/installers.mjs'

const PLACES = [
  process.env.CHROMIUM_PATH,
  playwright.executablePath(),
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

const found = (await firstThatStarts(PLACES)) ?? (await installOne())
if (found) {
  console.log(found)
} else {
  console.error('No Chromium was found, and none could be installed. Install one and set CHROMIUM_PATH to its executable.')
  process.exitCode = 1
}

async function installOne() {
  for (const { title, install } of installers()) {
    console.error(`No Chromium found; trying ${title}.`)
    const place = await install()
    const working = await firstThatStarts([place])
    if (working) return working
  }
  return undefined
}

async function firstThatStarts(places) {
  for (const place of places) {
    if (place && existsSync(place) && (await starts(place))) return place
  }
  return undefined
}

async function starts(executablePath) {
  try {
    const browser = await playwright.launch({
      executablePath,
      chromiumSandbox: false,
      args: ['--disable-dev-shm-usage'],
      timeout: 30_000,
    })
    const page = await browser.newPage()
    await page.setContent('<title>works</title>')
    const title = await page.title()
    await browser.close()
    return title === 'works'
  } catch (error) {
    console.error(`${executablePath} does not start: ${error.message.split('\n')[0]}`)
    return false
  }
}
