import type { Funnel, FunnelStep } from '@gangway/schemas/funnel'
import { expect, test } from 'vitest'
import { barOf, placesOf } from './places.ts'

const nobody = { waiting: 0, left: 0, validation: 0, system: 0 }
const step: FunnelStep = {
  ...{ step: 'work', title: 'Your work', viewed: 80, completed: 60, skipped: 0, time: null },
  stopped: { waiting: 2, left: 10, validation: 4, system: 4 },
  ...{ retries: { times: 0, people: 0 }, conflicts: { times: 0, people: 0 }, offlineSaves: { times: 0, people: 0 } },
}
const funnel: Funnel = {
  steps: [step],
  milestones: [
    { milestone: 'started', people: 100, stopped: { ...nobody, left: 20 } },
    { milestone: 'completed', people: 60, stopped: nobody },
  ],
  timeToFirstValue: null,
}

test('steps stand between the start and what comes after the questionnaire', () => {
  const places = placesOf(funnel)
  expect(places.map(({ label, stopLabel, people }) => [label, stopLabel, people])).toEqual([
    ['Started', 'Between two steps', 100],
    ['Your work', 'Your work', 80],
    ['Completed the questionnaire', 'After the questionnaire', 60],
  ])
  expect(places[1]?.stoppedBy('system')).toEqual({ at: 'step', step: 'work', what: 'system' })
})

test('a bar is as long as its people are among those who started', () => {
  expect(barOf({ people: step.viewed, stopped: step.stopped }, 100)).toEqual({
    ...{ on: 0.6, left: 0.1, validation: 0.04, system: 0.04, waiting: 0.02 },
  })
  expect(Object.values(barOf({ people: 0, stopped: nobody }, 0))).toEqual([0, 0, 0, 0, 0])
})
