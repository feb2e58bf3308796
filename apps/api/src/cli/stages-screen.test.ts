import { stripVTControlCharacters } from 'node:util'
import type { ProgressEvent, StageId, StageStatus } from '@gangway/schemas/provisioning'
import { describe, expect, it } from 'vitest'
import { stagesOf } from './stages.ts'
import { stagesScreen } from './stages-screen.ts'

let seq = 0
const event = (...[stage, status, seconds, message]: [StageId, StageStatus, number, string?]): ProgressEvent => ({
  ...{ seq: ++seq, stage, status, attempt: 1, at: new Date(seconds * 1000), runState: 'running' },
  failure: message ? { code: 'X', message, errorId: 'err_x', kind: 'transient' } : null,
})

const JOURNAL = [
  event('verify_payment', 'started', 0),
  event('verify_payment', 'completed', 0.04),
  event('create_organization', 'started', 0.04),
  event('create_organization', 'retrying', 2, 'The data warehouse does not answer. We try again by ourselves.'),
]

function screen(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, written, write: (text: string) => written.push(text) }
}

describe('stagesOf', () => {
  it('tells of all five, of how long each took or takes, and of what the customer is told', () => {
    expect(stagesOf(JOURNAL, 5000).map(({ stage, status, ms }) => [stage, status, ms])).toEqual([
      ['verify_payment', 'completed', 40],
      ['create_organization', 'retrying', 4960],
      ['set_up_workspace', 'waiting', 0],
      ['generate_api_key', 'waiting', 0],
      ['finalize', 'waiting', 0],
    ])
    const undone = stagesOf([...JOURNAL, event('create_organization', 'undone', 6)], 7000)
    expect(undone[1]).toMatchObject({ status: 'waiting', message: null })
  })
})

describe('stagesScreen', () => {
  it('draws five lines over each other in a terminal, none longer than it', () => {
    const terminal = screen(true)
    const live = stagesScreen(terminal, () => 5000)
    for (const each of JOURNAL) live.show(each)
    live.end()
    const drawn = terminal.written.map((text) => stripVTControlCharacters(text).trimEnd().split('\n'))
    expect(new Set(drawn.map((lines) => lines.length))).toEqual(new Set([5]))
    expect(Math.max(...drawn.flat().map((line) => line.length))).toBeLessThan(80)
    expect(drawn.at(-1)?.slice(0, 3)).toEqual([
      '  ✓ Verifying payment        40 ms',
      '  ↻ Creating organization    5.0 s  The data warehouse does not answer. We …',
      '  · Setting up workspace',
    ])
    expect(terminal.written.slice(1).every((text) => text.startsWith('\u001B[5F'))).toBe(true)
  })

  it('is a line for each event where nobody looks, with no control character', () => {
    const plain = screen(false)
    const live = stagesScreen(plain, () => 5000)
    for (const each of JOURNAL) live.show(each)
    live.end()
    expect(plain.written).toEqual([
      'completed  Verifying payment      40 ms\n',
      'retrying   Creating organization  5.0 s  The data warehouse does not answer. We try again by ourselves.\n',
    ])
  })
})
