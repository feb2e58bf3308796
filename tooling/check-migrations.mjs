// A migration whose `when` is not newer than the one before it is skipped without a word by the migrator.
import { readdirSync, readFileSync } from 'node:fs'

const folder = new URL('../packages/db/src/migrations/', import.meta.url)
const { entries } = JSON.parse(readFileSync(new URL('meta/_journal.json', folder), 'utf8'))
const files = readdirSync(folder).filter((name) => name.endsWith('.sql'))

const wrong = [
  ...entries
    .slice(1)
    .flatMap((entry, i) =>
      entry.when > entries[i].when ? [] : [`${entry.tag}: its \`when\` is not after that of ${entries[i].tag}`],
    ),
  ...entries.flatMap((entry, i) => (entry.idx === i ? [] : [`${entry.tag}: its \`idx\` is ${entry.idx}, its place is ${i}`])),
  ...entries.filter(({ tag }) => !files.includes(`${tag}.sql`)).map(({ tag }) => `${tag}: there is no ${tag}.sql`),
  ...files
    .filter((name) => !entries.some(({ tag }) => `${tag}.sql` === name))
    .map((name) => `${name}: not in the journal, so it never runs`),
]
for (const line of wrong) console.error(line)
process.exitCode = wrong.length === 0 ? 0 : 1
