import { describe, expect, test } from 'vitest'
import { reachedStages, retryConsequences, rollBackConsequences } from './consequences.ts'

describe('what an action does', () => {
  test('a run can be retried from where it stopped or from before that, and from nowhere else', () => {
    expect(reachedStages({ stagesCompleted: 0 })).toEqual(['verify_payment'])
    expect(reachedStages({ stagesCompleted: 2 })).toEqual(['verify_payment', 'create_organization', 'set_up_workspace'])
    expect(reachedStages({ stagesCompleted: 5 })).toHaveLength(5)
  })

  test('a retry from a stage makes anew what that stage and the later ones made', () => {
    expect(retryConsequences({ stagesCompleted: 3 }, 'set_up_workspace')).toEqual([
      'The workspace is deleted with all its rows, and set up anew.',
      'The API key is revoked, and the customer gets another one.',
    ])
    expect(retryConsequences({ stagesCompleted: 4 }, 'finalize')).toEqual([])
    expect(retryConsequences({ stagesCompleted: 0 }, 'verify_payment')).toEqual([])
  })

  test('a roll-back undoes in reverse order, and gives back what was paid', () => {
    expect(rollBackConsequences({ stagesCompleted: 2, origin: 'checkout' })).toEqual([
      'The workspace is deleted with all its rows.',
      'The organization is given up, and its slug is free for others.',
      'The payment is refunded.',
    ])
    expect(rollBackConsequences({ stagesCompleted: 0, origin: 'operator' })).toEqual(['There is no payment to give back.'])
  })
})
