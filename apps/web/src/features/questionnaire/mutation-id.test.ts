import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newMutationId } from './mutation-id.ts'

afterEach(() => void vi.unstubAllGlobals())

test('is a UUID of its own, on secure pages and on others', () => {
  const { getRandomValues } = crypto
  const ids = [newMutationId()]
  vi.stubGlobal('crypto', { getRandomValues: getRandomValues.bind(crypto) })
  for (let count = 0; count < 50; count++) ids.push(newMutationId())
  expect(new Set(ids).size).toBe(51)
  for (const id of ids) expect(z.uuidv4().safeParse(id).success).toBe(true)
})
