import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { TOOLS } from '../run/places.mjs'
import { npmInstall } from '../run/toolchain.mjs'

const VERSION = '153.0.0'
const FOLDER = path.join(TOOLS, 'chromium')
const UNPACKED = path.join(FOLDER, 'unpacked')

const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`

/**
 * A Chromium made for machines that have none of its libraries: the package unpacks both, and a small script starts the one
 * with the other. Its recommended flags are not used: they switch web security off.
 */
export async function installFromNpm() {
  const { code, output } = await npmInstall([`@sparticuz/chromium@${VERSION}`], FOLDER)
  if (code !== 0) {
    console.error(output.trim())
    return undefined
  }
  rmSync(UNPACKED, { recursive: true, force: true })
  mkdirSync(UNPACKED)
  // It unpacks into the folder for temporary files, and its libraries only where it believes itself on AWS Lambda.
  Object.assign(process.env, { TMPDIR: UNPACKED, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' })
  const { default: chromium } = await import(
    pathToFileURL(path.join(FOLDER, 'node_modules/@sparticuz/chromium/build/index.js')).href
  )
  return startScript(await chromium.executablePath())
}

function startScript(executable) {
  // The package's own file names folders of AWS Lambda.
  writeFileSync(path.join(UNPACKED, 'fonts', 'fonts.conf'), FONTS)
  const settings = { LD_LIBRARY_PATH: path.join(UNPACKED, 'al2023', 'lib'), FONTCONFIG_PATH: path.join(UNPACKED, 'fonts') }
  const assignments = Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}`)
  const script = path.join(FOLDER, 'chromium.sh')
  writeFileSync(script, `#!/bin/sh\n${assignments.join(' ')} exec ${quoted(executable)} "$@"\n`)
  chmodSync(script, 0o755)
  return script
}

function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
