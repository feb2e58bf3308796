import type { PipelineRunState, PipelineStep } from '@gangway/schemas/pipelines'

interface StateText {
  text: string
  tone: 'good' | 'bad' | 'neutral'
}

const STATES: Record<PipelineRunState | PipelineStep['status'], StateText> = {
  queued: { text: 'Waiting', tone: 'neutral' },
  running: { text: 'Running', tone: 'neutral' },
  succeeded: { text: 'Succeeded', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  interrupted: { text: 'Interrupted', tone: 'bad' },
}

/** How a run or one of its steps is, in a word. */
export function runState(state: keyof typeof STATES): StateText {
  return STATES[state]
}
