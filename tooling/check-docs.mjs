// The documents may only name what exists: paths, npm scripts, commands, error codes and configuration.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { unknownCommands } from './docs/commands.mjs'
import { missingConfiguration } from './docs/configuration.mjs'
import { missingErrors } from './docs/errors.mjs'
import { codeSpans, fences, links } from './docs/markdown.mjs'
import { missingInTree, missingPaths } from './docs/paths.mjs'
import { ROOT } from './run/places.mjs'

const documents = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', ...markdownIn('docs')].filter((file) =>
  existsSync(path.join(ROOT, file)),
)

const wrong = [
  ...documents.flatMap((file) => check(file).map((what) => `${file}: ${what}`)),
  ...(await missingErrors('docs/errors.md')),
  ...missingConfiguration('.env.example'),
]
for (const line of wrong) console.error(line)
process.exitCode = wrong.length === 0 ? 0 : 1

function check(file) {
  const text = readFileSync(path.join(ROOT, file), 'utf8')
  const blocks = fences(text)
  const trees = blocks.filter(({ language }) => language === 'tree')
  return [
    ...missingPaths([...codeSpans(text), ...links(text)], path.dirname(file)),
    ...trees.flatMap(({ body }) => missingInTree(body)),
    ...unknownCommands([...codeSpans(text), ...blocks.flatMap(({ body }) => body.split('\n'))]),
  ]
}

function markdownIn(folder) {
  if (!existsSync(path.join(ROOT, folder))) return []
  return readdirSync(path.join(ROOT, folder), { recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join(folder, name))
    .sort()
}
