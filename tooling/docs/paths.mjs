import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../run/places.mjs'

const TOP = new Set(readdirSync(ROOT))
const FOLDERS_OF_WORKSPACES = ['apps', 'packages']
/** A name in them can stand for its folder: `core/ports`. */
const WORKSPACES = FOLDERS_OF_WORKSPACES.flatMap((parent) =>
  readdirSync(path.join(ROOT, parent)).map((name) => ({ name, folder: `${parent}/${name}` })),
)
const ENDINGS = ['', '.ts', '.tsx', '.md', '/index.ts']
/** Without a folder: of the project's own making, so that it must be somewhere. */
const NAMES_A_FILE = /^[\w.-]+\.(ts|tsx|mjs|md|sql|css)$/
/** Made by running the product. */
const MADE = new Set(
  readFileSync(path.join(ROOT, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.replace(/\/$/, '')),
)

/** The cited paths that lead nowhere. `folder` is the citing document's. */
export function missingPaths(cited, folder) {
  return [...new Set(cited)].filter((text) => isPath(text) && !exists(text, folder)).map((text) => `there is no ${text}`)
}

/** The lines of a drawn tree that name nothing: two spaces for each level, what follows two spaces is a remark. */
export function missingInTree(drawing) {
  const stack = []
  const missing = []
  for (const line of drawing.split('\n').filter((line) => line.trim())) {
    const level = line.search(/\S/) / 2
    const names = line
      .trim()
      .split(/\s{2,}/)[0]
      .split(', ')
    for (const name of names) {
      stack.length = level
      stack.push(name.replace(/\/$/, ''))
      if (!exists(stack.join('/'), '.')) missing.push(`there is no ${stack.join('/')}`)
    }
  }
  return missing
}

function isPath(text) {
  if (/[\s*<>{}$…]|^\/|^https?:/.test(text)) return false
  if (text.startsWith('@gangway/')) return true
  const [first] = text.split('/')
  if (MADE.has(first)) return false
  return NAMES_A_FILE.test(text) || (text.includes('/') && (TOP.has(first) || WORKSPACES.some(({ name }) => name === first)))
}

function exists(text, folder) {
  if (text.startsWith('@gangway/')) return isExported(text)
  const [first, ...rest] = text.replace(/:\d+$/, '').replace(/\/$/, '').split('/')
  const short = WORKSPACES.filter(({ name }) => name === first).flatMap(({ folder: place }) => [
    [place, ...rest],
    [place, 'src', ...rest],
  ])
  const candidates = [[first, ...rest], [folder, first, ...rest], ...short]
  return (
    candidates.some((parts) => ENDINGS.some((ending) => existsSync(path.join(ROOT, ...parts) + ending))) || isNamedSomewhere(text)
  )
}

/** A bare file name may be anywhere. */
function isNamedSomewhere(text) {
  return !text.includes('/') && allNames().has(text)
}

let names
function allNames() {
  names ??= new Set(['apps', 'packages', 'tests', 'tooling', 'docs', 'bench'].flatMap(namesIn))
  return names
}

function namesIn(folder) {
  if (!existsSync(path.join(ROOT, folder))) return []
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === '.next') return []
    return entry.isDirectory() ? namesIn(`${folder}/${entry.name}`) : [entry.name]
  })
}

function isExported(text) {
  const [, name, ...rest] = text.split('/')
  const workspace = WORKSPACES.find((known) => known.name === name)
  if (!workspace) return false
  const { exports = {} } = JSON.parse(readFileSync(path.join(ROOT, workspace.folder, 'package.json'), 'utf8'))
  return rest.length === 0 || Object.hasOwn(exports, `./${rest.join('/')}`)
}
