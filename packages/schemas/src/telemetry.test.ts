import { expect, it } from 'vitest'
import { EVENT_ID_BYTES, newEventId } from './event-id.ts'
import { browserEventSchema, TELEMETRY_BATCH } from './telemetry.ts'

const UNTIMED = '4f9a6f0e-2d0b-4c7e-9c0e-0d6f5a1b2c3d'

const event = {
  id: newEventId(
    Date.now(),
    Uint8Array.from({ length: EVENT_ID_BYTES }, (_, n) => n),
  ),
  sessionId: UNTIMED,
  name: 'validation_failed',
  step: 'profile',
  props: { issues: [{ field: 'invites.2.email', code: 'invalid_format' }] },
}

it.each([
  ['a field of its own', { ...event, answer: 'Ada' }],
  ['a prop that is not of its name', { ...event, props: { ...event.props, value: 'Ada' } }],
  ['text where a name belongs', { ...event, props: { issues: [{ field: 'Ada Lovelace', code: 'x' }] } }],
  ['a name that only the server may record', { ...event, name: 'completed', props: { completed: 6, skipped: 0 } }],
  ['an id without a time', { ...event, id: UNTIMED }],
])('an event with %s is refused', (_what, hostile) => {
  expect(browserEventSchema.safeParse(event).success).toBe(true)
  expect(browserEventSchema.safeParse(hostile).success).toBe(false)
})

it('a batch of ordinary events is below what a browser sends on leaving', () => {
  const ordinary = { ...event, name: 'step_completed', props: { elapsedMs: 123_456 } }
  expect(JSON.stringify({ events: Array.from({ length: TELEMETRY_BATCH }, () => ordinary) }).length).toBeLessThan(60_000)
})
