import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { buildApps } from '../build.mjs'
import { runChecks } from '../checks.mjs'
import { capture, follow, interrupted } from '../child.mjs'
import { Failure } from '../failure.mjs'
import { NODE, PACKAGES_BIN, RESULTS, ROOT } from '../places.mjs'
import { countPlaywright, countVitest } from '../reports.mjs'

/** Everything. Its last line is `N passed, N failed`; one part that fails does not keep the others from running. */
export async function test() {
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  // Looked for, or installed, while the other tests run. It must not end this process before it is awaited.
  const chromium = findChromium().catch((error) => error)
  const parts = [runChecks, vitest, () => playwright(chromium)]
  const total = { passed: 0, failed: 0 }
  for (const part of parts) {
    const { passed, failed } = await part().catch(report)
    total.passed += passed
    total.failed += failed
    if (interrupted()) return 130
  }
  const line = `${total.passed} passed, ${total.failed} failed`
  writeFileSync(path.join(RESULTS, 'summary.txt'), `${line}\n`)
  console.log(`\n${line}`)
  return total.failed === 0 ? 0 : 1
}

function report(error) {
  console.error(error instanceof Failure ? error.message : error)
  return { passed: 0, failed: 1 }
}

async function vitest() {
  const json = path.join(RESULTS, 'vitest.json')
  const code = await follow(
    path.join(PACKAGES_BIN, 'vitest'),
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${json}`],
    {
      env: { NODE_ENV: 'test' },
    },
  )
  return countVitest(json, code)
}

async function playwright(chromium) {
  await buildApps()
  const found = await chromium
  if (found instanceof Error) throw found
  const json = path.join(RESULTS, 'playwright.json')
  const code = await follow(path.join(PACKAGES_BIN, 'playwright'), ['test'], {
    env: { CHROMIUM_PATH: found, PLAYWRIGHT_JSON_OUTPUT_FILE: json },
  })
  return countPlaywright(json, code)
}

async function findChromium() {
  const { code, output } = await capture(NODE, [path.join(ROOT, 'tooling/chromium.mjs')])
  const lines = output.trim().split('\n')
  if (code !== 0) throw new Failure(output.trim())
  return lines[lines.length - 1]
}
