import { expect, test } from 'vitest'
import './manifest-content.ts'
import { manifestDraftSchema } from './manifest.ts'

test('whoever writes a draft as JSON is told what is wrong with it', () => {
  const { error } = manifestDraftSchema.safeParse({ name: 5, languages: ['en'], variants: [], steps: [] })
  expect(error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['name', 'Invalid input: expected string, received number'],
  ])
})
