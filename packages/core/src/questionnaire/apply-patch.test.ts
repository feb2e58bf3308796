import { describe, expect, it } from 'vitest'
import { applyPatch } from './apply-patch.ts'

describe('applyPatch', () => {
  it('changes the fields of the patch and no others, and says how they were', () => {
    const answers = { profile: { fullName: 'Ada', jobTitle: 'Analyst' }, tools: { tools: ['dbt'] } }
    expect(applyPatch(answers, 'profile', { fullName: 'Ada L.', companyName: 'Engines' })).toEqual({
      answers: { profile: { fullName: 'Ada L.', jobTitle: 'Analyst', companyName: 'Engines' }, tools: { tools: ['dbt'] } },
      before: { fullName: 'Ada', companyName: null },
    })
  })

  it('takes a field away for null, and a step with its last field', () => {
    const { answers, before } = applyPatch({ profile: { fullName: 'Ada' } }, 'profile', { fullName: null })
    expect([answers, before]).toEqual([{}, { fullName: 'Ada' }])
  })

  it('keeps false, empty texts and empty lists: they are answers', () => {
    expect(applyPatch({}, 'preferences', { productNews: false, theme: '' }).answers).toEqual({
      preferences: { productNews: false, theme: '' },
    })
  })
})
