import { expect, it } from 'vitest'
import { answersFilterSchema } from './answers.ts'
import { funnelFilterSchema } from './funnel.ts'

const FAR = [new Date(-8.64e15), new Date('0000-12-31T23:59:59.999Z'), new Date('+010000-01-01T00:00:00Z'), new Date(8.64e15)]

it.each(['\0', 'a\0b', '\uD800', 'a\uDC00'])('no list is filtered by what is no text: %j', (text) => {
  const answers = [{ step: 'work', field: 'team', value: text }]
  for (const filter of [{ org: text }, { variant: text }, { text }, { answers }])
    expect(answersFilterSchema.safeParse(filter).success).toBe(false)
  expect(funnelFilterSchema.safeParse({ variant: text }).success).toBe(false)
})

it.each(FAR)('nor by a time that is in no calendar: %o', (time) => {
  for (const filter of [{ completedFrom: time }, { completedBefore: time }])
    expect(answersFilterSchema.safeParse(filter).success).toBe(false)
  expect(funnelFilterSchema.safeParse({ startedFrom: time }).success).toBe(false)
})

it('any other text and time is looked for', () => {
  const filter = {
    org: 'größe_😀',
    text: String.raw`'\%_"`,
    completedFrom: new Date('0001-01-01'),
    completedBefore: new Date('9999-12-31'),
  }
  expect(answersFilterSchema.parse(filter)).toEqual(filter)
})
