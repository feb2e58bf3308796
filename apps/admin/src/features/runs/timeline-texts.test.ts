import { describe, expect, test } from 'vitest'
import { detailLines, entryLabel } from './timeline-texts.ts'

const ENTRY = { status: 'retrying', runState: 'running', failure: null, detail: {} } as const
const FAILURE = { code: 'UNKNOWN', message: 'Something went wrong.', errorId: 'err_1', kind: 'permanent' } as const

describe('an entry of the journal', () => {
  test('tells a retry from waiting for a payment, and a failure from a cancellation', () => {
    expect(entryLabel({ ...ENTRY, failure: FAILURE })).toEqual({ label: 'failed, tried again', tone: 'warning' })
    expect(entryLabel({ ...ENTRY, runState: 'awaiting_payment' })).toEqual({ label: 'waiting for the payment', tone: 'neutral' })
    expect(entryLabel({ ...ENTRY, status: 'failed', failure: FAILURE })).toEqual({ label: 'failed', tone: 'bad' })
    const cancelled = { cancelled: true, reason: 'asked for it' }
    expect(entryLabel({ ...ENTRY, status: 'failed', failure: FAILURE, detail: cancelled }).label).toBe('run cancelled')
  })

  test('shows what else was written down', () => {
    expect(detailLines({ cancelled: true, reason: 'asked for it', orgId: null, tables: ['a', 'b'], refunded: true })).toEqual([
      { name: 'reason', value: 'asked for it' },
      { name: 'tables', value: '["a","b"]' },
      { name: 'refunded', value: 'true' },
    ])
  })
})
