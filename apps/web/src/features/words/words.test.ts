import { describe, expect, test } from 'vitest'
import { DE } from './de.ts'
import { EN, type Words } from './en.ts'
import { ES } from './es.ts'
import { FR } from './fr.ts'

const LANGUAGES: Record<string, Words> = { EN, DE, ES, FR }

describe.each(Object.entries(LANGUAGES))('%s', (_name, words) => {
  test('says whatever it is to tell', () => {
    const said = [
      words.stepTitle(2, 6, 'Ada'),
      ...[
        words.attention(7),
        words.waiting(7),
        words.emailOf(7),
        words.roleOf(7),
        words.remove(7),
        words.upTo(7),
        words.isFull(7),
      ],
      ...[words.notSaved, words.sentLater, words.inStep, words.removeOne, words.isFree, words.notInTime].map((say) =>
        say('Ada 7'),
      ),
      ...[words.hasOpened, words.asksForHelp, words.nameHelp, words.answeredMeanwhile, words.sendOnceMore].map((say) =>
        say('Ada 7'),
      ),
      ...[words.answeredBy, words.asked, words.asksFor].map((say) => say('Ada', '7')),
      words.whyYou({ owner: 'Ada', company: 'Acme', step: 'Tools', until: '7' }),
      words.thanksLead('Ada 7'),
    ]
    expect(said.filter((text) => !text.includes('Ada') && !text.includes('7'))).toEqual([])
    expect([words.stepTitle(2, 6, 'Ada'), words.asked('Ada', '7')].map((text) => text.match(/2|6|7|Ada/g)?.length)).toEqual([
      3, 2,
    ])
    expect(words.whyYou({ owner: 'Ada', company: 'Acme', step: 'Tools', until: '7' })).toMatch(/Ada.*Acme.*Tools.*7/)
  })

  test('counts one as one', () => {
    expect(words.waiting(1)).not.toBe(words.waiting(2).replace('2', '1'))
    expect(words.attention(1)).not.toContain('1')
  })
})

test('no language falls back on English words, and none has an empty one', () => {
  const SAME = new Set(['questions'])
  for (const words of [DE, ES, FR]) {
    const same = Object.entries(words).filter(([key, said]) => said === '' || (Reflect.get(EN, key) === said && !SAME.has(key)))
    expect(same).toEqual([])
  }
})
