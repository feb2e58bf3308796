import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { FIELD_TYPES, type ManifestField, type ManifestStep } from './manifest.ts'
import { BUILT_IN_MANIFEST } from './manifest-built-in.ts'
import { given, stepIssues, validAnswers } from './manifest-schema.ts'
import { type DraftValue, stepPatchSchema, type StepPatch } from './questionnaire.ts'

function builtIn(id: string): ManifestStep {
  const step = BUILT_IN_MANIFEST.steps.find((one) => one.id === id)
  if (!step) throw new Error(`no step ${id}`)
  return step
}

function messages(id: string, answers: StepPatch): string[] {
  return stepIssues(builtIn(id), answers).map(({ field, message }) => `${field}: ${message}`)
}

function step(...fields: Partial<ManifestField>[]): ManifestStep {
  const whole = (field: Partial<ManifestField>, index: number): ManifestField => ({
    ...{ name: `q${index}`, type: 'text', label: { en: 'Question' }, required: false },
    ...field,
  })
  return { ...builtIn('profile'), fields: fields.map(whole) }
}

describe('the built-in steps', () => {
  test('say what is missing in words of their own', () => {
    expect(messages('profile', {})).toEqual(['fullName: Enter your name.', 'companyName: Enter the name of your company.'])
    expect(messages('profile', { fullName: '  ', companyName: '' })).toHaveLength(2)
    expect(messages('work', {})).toEqual(['role: Choose your role.', 'timezone: Choose a time zone from the list.'])
    expect(messages('workspace', {})).toEqual(['mode: Create a workspace or join one.'])
    expect(messages('workspace', { mode: 'join' })).toEqual(['inviteCode: Paste the code from your invitation.'])
    for (const id of ['tools', 'invites', 'preferences']) expect(messages(id, {})).toEqual([])
  })

  test('say what will not do', () => {
    expect(messages('profile', { fullName: 'a'.repeat(121), companyName: 'Acme' })).toEqual([
      'fullName: Use at most 120 characters.',
    ])
    expect(messages('work', { role: 'wizard', timezone: 'Mars/Olympus' })).toEqual([
      'role: Choose your role.',
      'timezone: Choose a time zone from the list.',
    ])
    const tools = Array.from({ length: 51 }, (_, index) => `tool ${index}`)
    expect(messages('tools', { tools })).toEqual(['tools: Choose at most 50 tools.'])
    const invites = ['ada@example.com', 'no address', 'ADA@example.com'].map((email) => ({ email, role: 'member' }))
    expect(messages('invites', { invites: invites.slice(0, 2) })).toEqual(['invites.1.email: Enter a valid e-mail address.'])
    expect(messages('invites', { invites: [invites[0] ?? {}, invites[2] ?? {}] })).toEqual([
      'invites.1.email: This address is listed twice.',
    ])
  })

  test('take what people answer', () => {
    const work = { role: 'data', timezone: 'Europe/Berlin', team: 'growth', functions: ['analytics'], intents: ['explore'] }
    expect(messages('work', work)).toEqual([])
    expect(messages('tools', { tools: ['dbt', 'something of our own'] })).toEqual([])
    expect(messages('preferences', { theme: 'dark', productNews: false })).toEqual([])
    expect(messages('workspace', { mode: 'create', name: 'Acme', slug: 'acme' })).toEqual([])
  })
})

describe('questions of each type', () => {
  const accepts = (field: Partial<ManifestField>, value: DraftValue) => stepIssues(step(field), { q0: value }).length === 0

  test('numbers, typed or sent, within their bounds', () => {
    const seats: Partial<ManifestField> = { type: 'number', validation: { min: 1, max: 500, whole: true } }
    expect([5, '5', ' 500 '].map((value) => accepts(seats, value))).toEqual([true, true, true])
    expect(['0', '501', '1.5', 'many', 'Infinity', true].map((value) => accepts(seats, value))).toEqual(Array(6).fill(false))
    expect(validAnswers(step(seats), { q0: ' 12 ' })).toEqual({ q0: 12 })
  })

  test('addresses of the web, days, texts, lists', () => {
    expect(['https://example.com/a', 'http://example.com'].map((value) => accepts({ type: 'url' }, value))).toEqual([true, true])
    expect(['javascript:alert(1)', 'example', 'ftp://x.org'].map((value) => accepts({ type: 'url' }, value))).toEqual(
      Array(3).fill(false),
    )
    const day: Partial<ManifestField> = { type: 'date', validation: { earliest: '2026-01-01', latest: '2026-12-31' } }
    expect(['2026-02-28', '2026-02-30', '2025-12-31', '2027-01-01'].map((value) => accepts(day, value))).toEqual([
      true,
      false,
      false,
      false,
    ])
    const text: Partial<ManifestField> = { type: 'textarea', validation: { min: 3, max: 5 } }
    expect(['abc', ' ab ', 'abcdef', '   '].map((value) => accepts(text, value))).toEqual([true, false, false, true])
    const list: Partial<ManifestField> = {
      type: 'multi-select',
      options: [{ value: 'a', label: { en: 'A' } }],
      validation: { max: 2 },
    }
    expect([['a'], ['b'], ['a', 'a', 'a']].map((value) => accepts(list, value))).toEqual([true, false, false])
    expect(accepts({ ...list, allowsOther: true }, ['b'])).toBe(true)
  })

  test('a yes-or-no question that is required has to be answered with yes', () => {
    expect([true, false].map((value) => accepts({ type: 'boolean', required: true }, value))).toEqual([true, false])
    expect([true, false].map((value) => accepts({ type: 'boolean' }, value))).toEqual([true, true])
  })

  test('in the language of the person, with the question’s own words first', () => {
    const asked = step({ required: true }, { type: 'date', required: true, messages: { required: { en: 'When?', de: 'Wann?' } } })
    expect(stepIssues(asked, {}, 'de').map(({ message }) => message)).toEqual(['Bitte beantworten Sie diese Frage.', 'Wann?'])
    expect(stepIssues(asked, {}, 'fr').map(({ message }) => message)).toEqual(['Répondez à cette question.', 'When?'])
  })
})

describe('whatever is asked and whatever is answered', () => {
  const options = ['a', 'b', 'c'].map((value) => ({ value, label: { en: value } }))
  const field: fc.Arbitrary<Partial<ManifestField>> = fc.record(
    {
      type: fc.constantFrom(...FIELD_TYPES.map(({ value }) => value)),
      required: fc.boolean(),
      allowsOther: fc.boolean(),
      validation: fc.record({ min: fc.integer({ min: 0, max: 3 }), max: fc.integer({ min: 3, max: 9 }) }, { requiredKeys: [] }),
    },
    { requiredKeys: ['type', 'required'] },
  )
  const row = fc.record({
    email: fc.constantFrom('ada@example.com', 'grace@example.com', 'nobody'),
    role: fc.constantFrom('a', 'z'),
  })
  const value: fc.Arbitrary<DraftValue> = fc.oneof(
    ...[fc.constantFrom('', '  ', 'a', ' b ', '5', '2026-05-01', 'https://example.com', 'UTC'), fc.string({ maxLength: 12 })],
    ...[fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -2, max: 12 }), fc.boolean(), fc.constant(null)],
    ...[fc.array(fc.constantFrom('a', 'b', 'x', ''), { maxLength: 4 }), fc.array(row, { maxLength: 3 })],
  )
  const asked = fc
    .array(field, { minLength: 1, maxLength: 4 })
    .map((fields) => step(...fields.map((one) => ({ ...one, options }))))
  const answered = fc.dictionary(fc.constantFrom('q0', 'q1', 'q2', 'q3', 'other'), value, { maxKeys: 5 })

  test('what is accepted is accepted again as it is kept, and can be stored', () => {
    fc.assert(
      fc.property(asked, answered, (asked, answers) => {
        const kept = validAnswers(asked, answers)
        expect(kept === undefined).toBe(stepIssues(asked, answers).length > 0)
        if (!kept) return
        expect(stepPatchSchema.safeParse(kept).success).toBe(true)
        expect(stepIssues(asked, kept)).toEqual([])
        expect(validAnswers(asked, kept)).toEqual(kept)
      }),
      { numRuns: 2000 },
    )
  })

  test('the language changes the words and nothing else, and no answer is no answer however it is sent', () => {
    const places = (asked: ManifestStep, answers: StepPatch, language: 'en' | 'de') =>
      stepIssues(asked, answers, language).map(({ field, code }) => `${field} ${code}`)
    fc.assert(
      fc.property(asked, answered, (asked, answers) => {
        expect(places(asked, answers, 'de')).toEqual(places(asked, answers, 'en'))
        expect(places(asked, given(answers), 'en')).toEqual(places(asked, answers, 'en'))
      }),
      { numRuns: 500 },
    )
  })
})
