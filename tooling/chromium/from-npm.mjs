import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { TOOLS } from '../run/places.mjs'
import { npmInstall } from '../run/toolchain.mjs'

const VERSION = '153.0.0'
const HOME = path.join(TOOLS, 'chromium')

/**
 * A Chromium made for machines that have none of its libraries: the package unpacks both, and a small script starts the one
 * with the other. Its recommended flags are not used: they switch web security off.
 */
export async function installFromNpm() {
  const { code, output } = await npmInstall([`@sparticuz/chromium@${VERSION}`], HOME)
  if (code !== 0) {
    console.error(output.trim())
    return undefined
  }
  // It unpacks into the folder for temporary files, and its libraries only where it believes itself on AWS Lambda.
  Object.assign(process.env, { TMPDIR: HOME, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x', AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' })
  const entry = pathToFileURL(path.join(HOME, 'node_modules/@sparticuz/chromium/build/esm/index.js'))
  const { default: chromium } = await import(entry.href)
  const executable = await chromium.executablePath()
  const libraries = ['al2023', 'al2'].map((name) => path.join(HOME, name, 'lib')).filter(existsSync)
  const script = path.join(HOME, 'chromium.sh')
  writeFileSync(script, `#!/bin/sh\nLD_LIBRARY_PATH='${libraries.join(':')}' exec '${executable}' "$@"\n`)
  chmodSync(script, 0o755)
  return script
}
