import { RUN_STATES, type RunFailure, type RunView } from '@gangway/schemas/provisioning'
import type { TimelineEntry } from '@gangway/schemas/runs'
import { describe, expect, test } from 'vitest'
import { customerPage } from './customer-page.ts'

const FAILURE: RunFailure = { code: 'SLUG_TAKEN', message: 'Please choose another one.', errorId: 'err_1', kind: 'customer' }

function view(part: Partial<RunView>): RunView {
  return {
    ...{
      id: crypto.randomUUID(),
      checkoutSessionId: 'cs_1',
      state: 'running',
      plan: 'STARTER',
      slug: 'acme',
      companyName: 'Acme',
    },
    ...{ orgId: null, stagesCompleted: 2, failure: null },
    ...part,
  }
}

function states(part: Partial<RunView>, newest?: TimelineEntry): string[] {
  return customerPage(view(part), newest).stages.map(({ state }) => state)
}

describe('what the customer sees', () => {
  test('is where the run is', () => {
    expect(states({})).toEqual(['done', 'done', 'in progress', 'waiting', 'waiting'])
    expect(states({ state: 'failed' })).toEqual(['done', 'done', 'failed', 'waiting', 'waiting'])
    expect(states({ state: 'awaiting_payment', stagesCompleted: 0 })[0]).toBe('in progress')
    expect(states({ state: 'rolled_back', stagesCompleted: 3 })).toEqual(Array.from({ length: 5 }, () => 'waiting'))
    expect(states({ state: 'succeeded', stagesCompleted: 5 })).toEqual(Array.from({ length: 5 }, () => 'done'))
  })

  test('says when a stage is tried again', () => {
    const newest: TimelineEntry = {
      ...{ seq: 5, stage: 'set_up_workspace', status: 'retrying', attempt: 1, at: new Date(0), runState: 'running' },
      ...{ durationMs: 1, pauseMs: 1000, failure: FAILURE, cause: null, detail: {} },
    }
    expect(states({}, newest)[2]).toBe('trying again')
    expect(states({}, { ...newest, stage: 'create_organization' })[2]).toBe('in progress')
  })

  test('is a notice only where nothing moves', () => {
    const titles = RUN_STATES.map((state) => [state, customerPage(view({ state, failure: FAILURE }), undefined).notice?.title])
    expect(Object.fromEntries(titles)).toEqual({
      awaiting_payment: 'Waiting for your payment',
      failed: 'The setup needs you',
      cancelled: 'This setup was cancelled',
      rolled_back: 'This setup was cancelled',
    })
  })

  test('has the message and the id that the customer can give to support', () => {
    expect(customerPage(view({ state: 'failed', failure: FAILURE }), undefined).notice).toMatchObject({
      message: FAILURE.message,
      errorId: 'err_1',
    })
    expect(customerPage(view({ state: 'rolled_back' }), undefined).notice).toMatchObject({ errorId: null })
  })
})
