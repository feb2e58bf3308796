import { expect, it } from 'vitest'
import { z } from 'zod'
import { EVENT_ID_BYTES, eventTime, newEventId } from './event-id.ts'

const AT = Date.UTC(2026, 10, 21, 3, 14, 15, 926)
const random = () => Uint8Array.from({ length: EVENT_ID_BYTES }, () => Math.random() * 256)

it('makes ids of version 7 that carry their time, and no two alike', () => {
  const ids = Array.from({ length: 1000 }, () => newEventId(AT, random()))
  for (const id of ids) expect([z.uuidv7().safeParse(id).success, eventTime(id)]).toEqual([true, AT])
  expect(new Set(ids).size).toBe(1000)
})

it('carries the first and the last moment that fit', () => {
  for (const at of [0, 2 ** 48 - 1]) expect(eventTime(newEventId(at, random()))).toBe(at)
})
