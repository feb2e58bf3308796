import { describe, expect, test } from 'vitest'
import { suggestions, withTags } from './tag-list.ts'

const options = [
  { value: 'dbt', label: 'dbt' },
  { value: 'gh', label: 'GitHub' },
  { value: 'gl', label: 'GitLab' },
  { value: 'acme', label: 'Acme, Inc.' },
]

describe('tags', () => {
  test('what is chosen already is not suggested, nor what does not match', () => {
    expect(suggestions(options, { values: ['gh'], typed: ' GIT' }).map(({ value }) => value)).toEqual(['gl'])
    expect(suggestions(options, { values: [], typed: '' })).toEqual(options)
  })

  test.each([
    ['an option by its name, in any case', 'github', ['own', 'gh']],
    ["a person's own word", ' Fivetran ', ['own', 'Fivetran']],
    ['several between commas', 'dbt, GitLab,,', ['own', 'dbt', 'gl']],
    ['one that is there already', 'OWN', ['own']],
    ['an option with a comma in its name', 'Acme, Inc.', ['own', 'acme']],
    ['nothing', '  ', ['own']],
    ['more than the limit', 'a,b,c', ['own', 'a', 'b']],
  ])('%s', (_name, text, expected) => {
    expect(withTags(['own'], text, { options, limit: 3 })).toEqual(expected)
  })
})
