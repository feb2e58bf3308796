import { expect, it } from 'vitest'
import { textQuery } from './text-query.ts'

it.each([
  ['Engines', "('engines' | 'engines':*)"],
  ['de Vries', "'de' & ('vries' | 'vries':*)"],
  ['data_pipelines', "('data' | 'data':*) & ('pipelines' | 'pipelines':*)"],
  ['Größe  größe', "('größe' | 'größe':*)"],
  ["o'neil@example.com", String.raw`('o''neil@example.com' | 'o''neil@example.com':*)`],
  [String.raw`a\b@c`, String.raw`('a\\b@c' | 'a\\b@c':*)`],
  ['日本', "'日本'"],
])('%s asks for %s', (text, query) => {
  expect(textQuery(text)).toBe(query)
})

it.each(['', ' ', '%', "'", '&|!', '@', ':*'])('there is no word in "%s"', (text) => {
  expect(textQuery(text)).toBeUndefined()
})
