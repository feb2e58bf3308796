import type { ManifestStep } from '@gangway/schemas/manifest'
import { stepIssues } from '@gangway/schemas/manifest-schema'
import type { StepIssue, StepPatch } from '@gangway/schemas/questionnaire'
import type { Dice } from './dice.ts'
import { answersTo, spoilt } from './given-answers.ts'
import type { Person } from './person.ts'

const SECOND_MS = 1000
const HOUR_MS = 60 * 60 * 1000

/** What somebody does in the questionnaire, or what happens to them there. Times in milliseconds. */
export type Act = { at: number; step: string } & (
  | { kind: 'resumed' | 'viewed' }
  /** The browser sends what was typed. */
  | { kind: 'attempted'; patch: StepPatch }
  | { kind: 'retried'; attempt: number; code: string }
  | { kind: 'queued'; waiting: number }
  | { kind: 'conflicted'; fields: number }
  | { kind: 'refused'; issues: StepIssue[] }
  /** The server has it. */
  | { kind: 'saved'; patch: StepPatch; advance?: 'complete' | 'skip' }
  | { kind: 'completed' }
)

interface Habit {
  /** Seconds that a step takes, at the median. */
  seconds: number
  /** Of those who see it. */
  leave: number
  skip: number
}

/** A question more takes longer, and loses more people. */
const HABITS: Record<string, Habit> = {
  profile: { seconds: 34, leave: 0.07, skip: 0 },
  work: { seconds: 58, leave: 0.11, skip: 0 },
  tools: { seconds: 27, leave: 0.05, skip: 0.2 },
  invites: { seconds: 36, leave: 0.055, skip: 0.55 },
  preferences: { seconds: 16, leave: 0.045, skip: 0.4 },
  workspace: { seconds: 29, leave: 0.04, skip: 0 },
}
const USUAL: Habit = { seconds: 30, leave: 0.05, skip: 0 }
/** Of somebody who meets many questions in one step. */
const PER_QUESTION = 0.12

const BLOCKED = 0.016
const BROKEN = 0.007
const COMES_BACK = { left: 0.42, blocked: 0.15, broken: 0.35 } as const
const RETURNS_AT_MOST = 3

const TROUBLE = ['NETWORK_UNREACHABLE', 'NETWORK_TIMEOUT', 'DATABASE_BUSY', 'UPSTREAM_FAILED'] as const

/** The way of one person through the steps that they are asked, as far as they come. */
export function visit(dice: Dice, person: Person, { steps, from }: { steps: readonly ManifestStep[]; from: number }): Act[] {
  const acts: Act[] = []
  let at = from
  let returns = 0
  for (const step of steps) {
    for (;;) {
      acts.push({ at, step: step.id, kind: 'viewed' })
      const stay = onStep(dice, person, { step, from: at })
      acts.push(...stay.acts)
      at = (acts.at(-1)?.at ?? at) + dice.between(300, 1400)
      if (stay.end === 'done') break
      if (returns === RETURNS_AT_MOST || !dice.chance(COMES_BACK[stay.end])) return acts
      returns += 1
      at += dice.spread(16 * HOUR_MS, 1.2)
      // Whoever has saved nothing yet begins.
      if (acts.some(({ kind }) => kind === 'saved')) acts.push({ at, step: step.id, kind: 'resumed' })
      at += dice.between(5, 60)
    }
  }
  acts.push({ at, step: steps.at(-1)?.id ?? '', kind: 'completed' })
  return acts
}

interface Stay {
  acts: Act[]
  end: 'done' | 'left' | 'blocked' | 'broken'
}

/** One step, from when it is seen. */
function onStep(dice: Dice, person: Person, { step, from }: { step: ManifestStep; from: number }): Stay {
  const { seconds, leave, skip } = HABITS[step.id] ?? USUAL
  const weight = 1 + PER_QUESTION * Math.max(0, step.fields.length - 3)
  const takes = dice.spread(seconds * weight * SECOND_MS) + 1500
  const end = dice.weighted([
    ['left', leave * weight],
    ['blocked', step.required || step.id === 'invites' ? BLOCKED : 0],
    ['broken', BROKEN],
    ['done', 1 - leave * weight],
  ])
  const skips = dice.chance(skip)
  const answers = skips ? {} : answersTo(dice, step, person)
  const typing = typed(dice, { step: step.id, answers, from, takes })
  if (end === 'left') return { acts: dice.chance(0.5) ? typing : [], end }
  const done = from + takes
  if (end === 'blocked') return { acts: [...typing, ...refusals(dice, { step, answers, from: done }, dice.between(1, 3))], end }
  if (end === 'broken') return { acts: [...typing, ...outage(dice, { step: step.id, patch: answers, from: done })], end }

  const sometimes = !skips && dice.chance(0.09) ? refusals(dice, { step, answers, from: done }, dice.between(1, 2)) : []
  const at = (sometimes.at(-1)?.at ?? done - 8000) + 8000
  const sending = sent(dice, { step: step.id, patch: answers, from: at })
  const savedAt = (sending.at(-1)?.at ?? at) + dice.spread(45, 0.5)
  const saved: Act = { at: savedAt, step: step.id, kind: 'saved', patch: answers, advance: skips ? 'skip' : 'complete' }
  return { acts: [...typing, ...sometimes, ...sending, saved], end }
}

interface Sending {
  step: string
  patch: StepPatch
  from: number
}

/** What the wizard saves by itself while somebody types. */
function typed(
  dice: Dice,
  { step, answers, from, takes }: { step: string; answers: StepPatch; from: number; takes: number },
): Act[] {
  const [first] = Object.entries(answers)
  if (!first || takes < 6000 || !dice.chance(0.55)) return []
  const patch = Object.fromEntries([first])
  const at = from + Math.round(takes * (0.3 + dice.share() * 0.4))
  return [
    { at, step, kind: 'attempted', patch },
    { at: at + dice.spread(40, 0.5), step, kind: 'saved', patch },
  ]
}

/** On its way to the server: mostly at once; sometimes again, or after a while offline, or after the other tab's. */
function sent(dice: Dice, { step, patch, from }: Sending): Act[] {
  const acts: Act[] = [{ at: from, step, kind: 'attempted', patch }]
  const after = (ms: number) => (acts.at(-1)?.at ?? from) + ms
  const luck = dice.share()
  if (luck < 0.03) {
    acts.push({ at: after(dice.between(400, 3000)), step, kind: 'retried', attempt: 2, code: dice.pick(TROUBLE) })
    acts.push({ at: after(dice.between(300, 1500)), step, kind: 'attempted', patch })
  } else if (luck < 0.042) {
    acts.push({ at: after(dice.between(2000, 9000)), step, kind: 'queued', waiting: 1 })
    acts.push({ at: after(dice.spread(90 * SECOND_MS)), step, kind: 'attempted', patch })
  } else if (luck < 0.048) {
    acts.push({ at: after(dice.between(60, 300)), step, kind: 'conflicted', fields: 1 })
    acts.push({ at: after(dice.spread(9 * SECOND_MS)), step, kind: 'attempted', patch })
  }
  return acts
}

/** Everything is tried, and nothing gets through. */
function outage(dice: Dice, { step, patch, from }: Sending): Act[] {
  const code = dice.pick(TROUBLE)
  const acts: Act[] = [{ at: from, step, kind: 'attempted', patch }]
  for (const attempt of [2, 3]) {
    const at = (acts.at(-1)?.at ?? from) + dice.between(800, 4000)
    acts.push({ at, step, kind: 'retried', attempt, code }, { at: at + dice.between(500, 2500), step, kind: 'attempted', patch })
  }
  if (dice.chance(0.4)) acts.push({ at: (acts.at(-1)?.at ?? from) + 3000, step, kind: 'queued', waiting: 1 })
  return acts
}

function refusals(
  dice: Dice,
  { step, answers, from }: { step: ManifestStep; answers: StepPatch; from: number },
  times: number,
): Act[] {
  const issues = stepIssues(step, spoilt(dice, step, answers))
  if (issues.length === 0) return []
  const acts: Act[] = []
  for (let at = from; acts.length < times; at += dice.between(4000, 20_000)) {
    acts.push({ at, step: step.id, kind: 'refused', issues })
  }
  return acts
}
