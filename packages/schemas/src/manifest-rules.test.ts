import { describe, expect, test } from 'vitest'
import type { ManifestContent, ManifestField, ManifestStep } from './manifest.ts'
import { BUILT_IN_MANIFEST } from './manifest-built-in.ts'
import { manifestContentSchema } from './manifest-content.ts'
import { diffManifests } from './manifest-diff.ts'

const { version: _version, ...BUILT_IN } = BUILT_IN_MANIFEST

function withStep(change: Partial<ManifestStep>, index = 1): ManifestContent {
  return { ...BUILT_IN, steps: BUILT_IN.steps.map((step, place) => (place === index ? { ...step, ...change } : step)) }
}

function withField(change: Partial<ManifestField>): ManifestContent {
  const field: ManifestField = { name: 'extra', type: 'text', label: { en: 'Extra' }, required: false, ...change }
  return withStep({ fields: [...(BUILT_IN.steps[1]?.fields ?? []), field] })
}

function problems(content: ManifestContent): string[] {
  const { error } = manifestContentSchema.safeParse(content)
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('a manifest', () => {
  test('the built-in one can be published', () => {
    expect(problems(BUILT_IN)).toEqual([])
  })

  test.each<[string, ManifestContent]>([
    ['name: Give it a name.', { ...BUILT_IN, name: ' ' }],
    ['languages: English is the fallback: it has to be among the languages.', { ...BUILT_IN, languages: ['de'] }],
    ['steps: One step has to be asked of everybody.', { ...BUILT_IN, steps: [] }],
    ['steps.1.id: There is another step of this name.', withStep({ id: 'profile' })],
    ['steps.1.id: This name cannot be used.', withStep({ id: 'constructor' })],
    ['steps.1.title.en: Write this in English.', withStep({ title: { en: '' } })],
    ['steps.1.fields: Add a question.', withStep({ fields: [] })],
    ['steps.5.fields: This step has its own questions.', withStep({ fields: BUILT_IN.steps[0]?.fields ?? [] }, 5)],
    [
      'steps.1.kind: The step that makes or joins a workspace is called "workspace", and no other is.',
      withStep({ kind: 'create-or-join' }),
    ],
    ['steps.1.fields.6.name: There is another question of this name in the step.', withField({ name: 'role' })],
    ['steps.1.fields.6.options: Add something to choose.', withField({ type: 'select' })],
    [
      'steps.1.fields.6.options: A question of this type has no options.',
      withField({ options: [{ value: 'a', label: { en: 'A' } }] }),
    ],
    ['steps.1.fields.6.validation.max: The most is below the least.', withField({ validation: { min: 5, max: 4 } })],
    ['steps.1.fields.6.validation.max: The most that can be kept is 2000.', withField({ validation: { max: 3000 } })],
    [
      'steps.1.fields.6.showIf: No earlier question is called "tools.tools".',
      withField({ showIf: { field: 'tools.tools', contains: 'dbt' } }),
    ],
    [
      'steps.1.fields.6.showIf: No earlier question is called "work.extra".',
      withField({ showIf: { field: 'work.extra', equals: 'a' } }),
    ],
    [
      'steps.1.fields.6.showIf: "work.role" is never "wizard".',
      withField({ showIf: { not: { field: 'work.role', in: ['data', 'wizard'] } } }),
    ],
    [
      'variants: One of the variants has to be control.',
      { ...BUILT_IN, variants: [{ id: 'short', weight: 1, steps: BUILT_IN.steps }] },
    ],
    [
      'variants.1.steps: Say what this variant asks.',
      {
        ...BUILT_IN,
        variants: [
          { id: 'control', weight: 1 },
          { id: 'short', weight: 1 },
        ],
      },
    ],
    ['variants: One of the weights has to be above zero.', { ...BUILT_IN, variants: [{ id: 'control', weight: 0 }] }],
    [
      'variants.1.steps.1.showIf: No earlier question is called "billing.vat".',
      {
        ...BUILT_IN,
        variants: [
          { id: 'control', weight: 1 },
          { id: 'short', weight: 1, steps: withStep({ showIf: { field: 'billing.vat', equals: 'x' } }).steps },
        ],
      },
    ],
  ])('%s', (problem, content) => {
    expect(problems(content)).toContain(problem)
  })

  test('what other parts of the product read keeps its meaning', () => {
    const fields = (BUILT_IN.steps[1]?.fields ?? []).map((field): ManifestField =>
      field.name === 'timezone' ? { ...field, type: 'text' } : field,
    )
    expect(problems(withStep({ fields }))).toEqual([
      'steps.1.fields.1.type: Other parts of the product read work.timezone: it has to be of the type "timezone".',
    ])
    const roles = (BUILT_IN.steps[1]?.fields ?? []).map((field): ManifestField =>
      field.name === 'role' ? { ...field, options: [{ value: 'wizard', label: { en: 'Wizard' } }] } : field,
    )
    expect(problems(withStep({ fields: roles }))[0]).toMatch(
      /^steps\.1\.fields\.0\.options\.0\.value: This list is closed: founder,/,
    )
  })
})

describe('the difference of two manifests', () => {
  test('is nothing between equals', () => {
    expect(diffManifests(BUILT_IN, JSON.parse(JSON.stringify(BUILT_IN)))).toEqual([])
  })

  test('names each thing that was added, changed, moved or taken away', () => {
    const [profile, work, ...others] = BUILT_IN.steps
    if (!profile || !work) throw new Error('the built-in manifest has no steps')
    const [role, ...rest] = work.fields
    if (!role) throw new Error('the step has no questions')
    const after: ManifestContent = {
      ...BUILT_IN,
      languages: ['en', 'de'],
      steps: [
        { ...work, fields: [{ ...role, required: false, label: { en: 'Role', de: 'Rolle' } }, ...rest.slice(1)] },
        profile,
        ...others,
      ],
    }
    const changes = diffManifests(BUILT_IN, after).map(
      ({ where, what, before, after }) => `${where} ${what}: ${before} > ${after}`,
    )
    expect(changes).toContain('manifest languages: en > en, de')
    expect(changes).toContain(
      'steps order: profile, work, tools, invites, preferences, workspace > work, profile, tools, invites, preferences, workspace',
    )
    expect(changes).toContain('work.role required: yes > no')
    expect(changes).toContain('work.role label (de): null > Rolle')
    expect(changes).toContain('work.timezone label (en): Time zone > null')
    expect(changes).toHaveLength(8)
  })
})
