import { expect, test } from 'vitest'
import { stageText } from './stage-text.ts'

test.each([
  [{ state: 'failed', stage: 'set_up_workspace', stagesCompleted: 2 }, '3 of 5 · Setting up workspace'],
  [{ state: 'succeeded', stage: null, stagesCompleted: 5 }, 'All 5 completed'],
  [{ state: 'rolled_back', stage: 'create_organization', stagesCompleted: 1 }, 'All undone'],
] as const)('tells where a run is: %#', (run, text) => {
  expect(stageText(run)).toBe(text)
})
