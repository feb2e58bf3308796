import { type AnswerLabels, stepLabel } from '@gangway/schemas/answer-labels'
import type { FunnelGroup, Milestone, Stop } from '@gangway/schemas/funnel'

export const MILESTONE_LABELS: Record<Milestone, string> = {
  started: 'Started',
  completed: 'Completed the questionnaire',
  checkout_started: 'Got to checkout',
  provisioned: 'Provisioned',
  key_revealed: 'Revealed the key',
  first_value: 'First value',
}

/** Where people are who have come to a milestone and not to the next. */
export const AFTER_LABELS: Record<Milestone, string> = {
  started: 'Between two steps',
  completed: 'After the questionnaire',
  checkout_started: 'At checkout',
  provisioned: 'Before the key',
  key_revealed: 'Before first value',
  first_value: 'After first value',
}

export const STOP_LABELS: Record<Stop, string> = {
  left: 'Left',
  validation: 'Blocked by validation',
  system: 'System error',
  waiting: 'Still on it',
}

const STEP_TEXTS = {
  viewed: 'Saw it',
  completed: 'Completed it',
  skipped: 'Skipped it',
  retries: 'A save was tried again',
  conflicts: 'A save met a conflict',
  offlineSaves: 'A save waited on the device',
  ...STOP_LABELS,
}

/** The people behind a number, in words: `Your work: left`. */
export function groupText(group: FunnelGroup, labels: AnswerLabels): string {
  if (group.at === 'step') return `${stepLabel(group.step, labels)}: ${lower(STEP_TEXTS[group.what])}`
  if (group.what === 'reached') return MILESTONE_LABELS[group.milestone]
  return `${AFTER_LABELS[group.milestone]}: ${lower(STOP_LABELS[group.what])}`
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
