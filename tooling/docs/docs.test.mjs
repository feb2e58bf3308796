import { describe, expect, it } from 'vitest'
import { unknownCommands } from './commands.mjs'
import { codeSpans, fences, links } from './markdown.mjs'
import { missingInTree, missingPaths } from './paths.mjs'

describe('what a document cites', () => {
  it('is what stands in backticks and links, outside of blocks', () => {
    const text = 'See `a/b.ts` and [this](docs/x.md#part), not [that](https://example.org).\n```sh\n`not this`\n```\n'
    expect(codeSpans(text)).toEqual(['a/b.ts'])
    expect(links(text)).toEqual(['docs/x.md'])
    expect(fences(text)).toEqual([{ language: 'sh', body: '`not this`\n' }])
  })

  it('must be there when it is a path', () => {
    const there = [
      'packages/db/src/client.ts',
      'core/ports',
      'db/client',
      'turbo.json',
      'run.mjs',
      '@gangway/db/client',
      'tooling/',
    ]
    expect(missingPaths(there, '.')).toEqual([])
    const gone = ['packages/db/src/nothing.ts', 'core/nothing', 'nothing.md', '@gangway/db/nothing', 'tooling/nothing/']
    expect(missingPaths(gone, '.')).toEqual(gone.map((name) => `there is no ${name}`))
  })

  it('is no path when it is an address, a placeholder or made by running the product', () => {
    expect(
      missingPaths(['/sign-up', 'text/event-stream', 'packages/<name>/src', '.data/postgres', 'https://a.b/c.md'], '.'),
    ).toEqual([])
  })

  it('must be there when it is a line of a tree', () => {
    expect(missingInTree('packages/\n  db/src/   tables\n    client.ts  the pool\n    nothing.ts\napps/\n')).toEqual([
      'there is no packages/db/src/nothing.ts',
    ])
  })

  it('must be an npm script that exists', () => {
    expect(unknownCommands(['npm start', 'npm test', 'npm run verify -- --help', 'npm run nothing'])).toEqual([
      'there is no npm script nothing',
    ])
  })

  it('must be a command that exists', () => {
    expect(unknownCommands(['gangway up', 'npm run gangway -- nothing', 'a gangway is a bridge'])).toEqual([
      'there is no command gangway nothing',
    ])
  })
})
