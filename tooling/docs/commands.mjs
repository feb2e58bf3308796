import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../run/places.mjs'

const CLI = ['apps/api/src/main', 'apps/api/src/cli']

/** The cited npm scripts and `gangway` commands that do not exist. */
export function unknownCommands(texts) {
  const { scripts } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
  const commands = commandsOfCli()
  const wrong = texts.flatMap((text) => [
    ...citations(text, /\bnpm (?:run )?(start|test)\b|\bnpm run ([\w:-]+)/g)
      .filter((name) => !Object.hasOwn(scripts, name))
      .map((name) => `there is no npm script ${name}`),
    ...citations(text, /(?:^|\$ |npm run )gangway (?:-- )?([a-z][\w:-]*)/g)
      .filter((name) => !commands.has(name))
      .map((name) => `there is no command gangway ${name}`),
  ])
  return [...new Set(wrong)]
}

function citations(text, pattern) {
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2])
}

function commandsOfCli() {
  const files = CLI.filter((folder) => existsSync(path.join(ROOT, folder))).flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => name.endsWith('.ts'))
      .map((name) => path.join(ROOT, folder, name)),
  )
  const names = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bcommand\(\s*['"]([\w:-]+)/gi)].map(([, name]) => name),
  )
  return new Set([...names, 'help'])
}
