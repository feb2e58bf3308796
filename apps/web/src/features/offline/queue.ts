import { type Merged, mergeField, type OpenConflict, pendingPatch, sameAnswer, withPatch } from '@gangway/schemas/merge'
import type { SaveInput } from '@gangway/schemas/onboarding'
import type { DraftAnswers, DraftValue, StepPatch } from '@gangway/schemas/questionnaire'
import { isUnsent, type QueuedSave } from './queued-save.ts'

type Step = SaveInput['step']

/* What happens to the queue, as functions of the saves in it. Saves of several sessions can be in one browser. */

/** So many sent ones are remembered for the merges of tabs that have not heard yet. */
const REMEMBERED = 100

export interface SessionAnswers {
  sessionId: string
  revision: number
  server: DraftAnswers
}

/** What a step's answers have that neither the server nor the queue has. */
export interface Edit extends SessionAnswers, Merged {
  step: Step
  advance: SaveInput['advance']
  mutationId: string
  schemaVersion: number
  url: string
}

/** The queue with an edit at its end; the same queue when there is nothing new in it. */
export function append(saves: readonly QueuedSave[], edit: Edit): readonly QueuedSave[] {
  const { sessionId, step, advance } = edit
  const queued = unsentOf(saves, sessionId)
  const known = queued.reduce((server, save) => withPatch(server, save.step, save.patch), edit.server)
  const patch = withoutRefused(saves, edit, pendingPatch({ ...edit, server: known }, step))
  if (Object.keys(patch).length === 0 && advance === undefined) return saves
  const base = Object.fromEntries(Object.keys(patch).map((field) => [field, known[step]?.[field] ?? null]))
  const last = queued.at(-1)
  if (last && canGrow(last, edit)) {
    const grown = { ...last, patch: { ...last.patch, ...patch }, base: { ...base, ...last.base }, ...(advance && { advance }) }
    return saves.map((save) => (save === last ? grown : save))
  }
  const { mutationId, revision, schemaVersion, url } = edit
  const order = Math.max(0, ...saves.map((save) => save.order)) + 1
  const save: QueuedSave = {
    ...{ mutationId, sessionId, order, state: 'waiting', step, patch, base, revision, schemaVersion, url },
    ...(advance && { advance }),
  }
  return [...saves, save]
}

/** Typing on in one step is one edit until it is sent: an hour offline is not a thousand saves. */
function canGrow(last: QueuedSave, { step, schemaVersion }: Edit): boolean {
  return last.state === 'waiting' && last.step === step && !last.advance && last.schemaVersion === schemaVersion
}

/** What was refused once is refused again: it waits until the person has changed it. */
function withoutRefused(saves: readonly QueuedSave[], { sessionId, step }: Edit, patch: StepPatch): StepPatch {
  const refused = refusedOf(saves, sessionId).filter((save) => save.step === step)
  return pick(patch, (field, value) => !refused.some((save) => field in save.patch && sameAnswer(save.patch[field], value)))
}

/** The next one of a session to be sent, as it has to be sent now; null when there is none. */
export function take(
  saves: readonly QueuedSave[],
  session: SessionAnswers,
): { saves: readonly QueuedSave[]; next: QueuedSave | null } {
  const [first] = unsentOf(saves, session.sessionId)
  // One that may have arrived goes as it went: only then is it known for a repeat.
  const ready = first?.state === 'waiting' && first.revision < session.revision ? rebase(saves, session).saves : saves
  const next = unsentOf(ready, session.sessionId)[0] ?? null
  if (!next || next.state === 'sending') return { saves: ready, next }
  const sending: QueuedSave = { ...next, state: 'sending' }
  return { saves: replace(ready, sending), next: sending }
}

/** The server took it: whatever was typed after it stands on the revision that it made. */
export function settle(saves: readonly QueuedSave[], sent: QueuedSave, revision: number): readonly QueuedSave[] {
  const settled = saves.flatMap((save) => {
    if (save.mutationId === sent.mutationId) return [sent]
    if (save.sessionId !== sent.sessionId) return [save]
    if (save.state === 'refused') return superseded(save, sent)
    return isUnsent(save) && save.revision < revision ? [{ ...save, revision }] : [save]
  })
  const forgotten = settled.filter((save) => save.state === 'sent').slice(0, -REMEMBERED)
  return settled.filter((save) => !forgotten.includes(save))
}

/** A field that was refused and then saved with another value is no longer refused. */
function superseded(refused: QueuedSave, sent: QueuedSave): QueuedSave[] {
  if (refused.step !== sent.step) return [refused]
  const patch = pick(refused.patch, (field) => !(field in sent.patch))
  return Object.keys(patch).length > 0 ? [{ ...refused, patch }] : []
}

/** Brings a session's unsent saves onto a newer state of the server. What is in conflict leaves the queue, for the person. */
export function rebase(
  saves: readonly QueuedSave[],
  { sessionId, revision, server }: SessionAnswers,
): { saves: readonly QueuedSave[]; conflicts: OpenConflict[] } {
  const conflicts: OpenConflict[] = []
  const sides = new Map<string, boolean>()
  const queued = unsentOf(saves, sessionId)
  const keyOf = (step: Step, field: string) => `${step} ${field}`
  for (const { step, patch, base } of queued) {
    for (const field of Object.keys(patch)) {
      if (sides.has(keyOf(step, field))) continue
      const theirs = server[step]?.[field]
      const mine = queued.findLast((save) => save.step === step && field in save.patch)?.patch[field]
      const isOurs = isOwnWord(saves, { sessionId, step, field, value: theirs })
      const side = mergeField({ base: isOurs ? theirs : base[field], mine, theirs })
      sides.set(keyOf(step, field), side === 'mine')
      if (side === 'conflict') conflicts.push({ step, field, theirs: theirs ?? null })
    }
  }
  const isInConflict = (step: Step) => conflicts.some((conflict) => conflict.step === step)
  let known = server
  const rebased = saves.flatMap((save) => {
    if (!queued.includes(save)) return [save]
    const patch = pick(save.patch, (field) => sides.get(keyOf(save.step, field)) ?? false)
    const base = Object.fromEntries(Object.keys(patch).map((field) => [field, known[save.step]?.[field] ?? null]))
    known = withPatch(known, save.step, patch)
    const { advance, ...others } = save
    const moves = advance !== undefined && (advance === 'skip' || !isInConflict(save.step))
    // A save of nothing is done: the server has it all, or the person is asked about it.
    const state = Object.keys(patch).length === 0 && !moves ? ('sent' as const) : ('waiting' as const)
    return [{ ...others, patch, base, revision, state, ...(moves && { advance }) }]
  })
  return { saves: rebased, conflicts }
}

/** What the server has from this browser: a merge with it is no merge with somebody else. */
export function ownWords(saves: readonly QueuedSave[], { sessionId, server }: Omit<SessionAnswers, 'revision'>) {
  return saves
    .filter((save) => save.sessionId === sessionId && save.state !== 'refused')
    .map(({ step, patch }) => ({ step, patch: pick(patch, (field, value) => sameAnswer(server[step]?.[field], value)) }))
    .filter(({ patch }) => Object.keys(patch).length > 0)
}

interface Word {
  sessionId: string
  step: Step
  field: string
  value: DraftValue | undefined
}

function isOwnWord(saves: readonly QueuedSave[], { sessionId, step, field, value }: Word): boolean {
  return saves.some(
    (save) =>
      save.state === 'sent' &&
      save.sessionId === sessionId &&
      save.step === step &&
      field in save.patch &&
      sameAnswer(save.patch[field], value),
  )
}

export function unsentOf(saves: readonly QueuedSave[], sessionId: string | null): QueuedSave[] {
  return saves.filter((save) => save.sessionId === sessionId && isUnsent(save))
}

export function refusedOf(saves: readonly QueuedSave[], sessionId: string | null): QueuedSave[] {
  return saves.filter((save) => save.sessionId === sessionId && save.state === 'refused')
}

export function replace(saves: readonly QueuedSave[], changed: QueuedSave): readonly QueuedSave[] {
  return saves.map((save) => (save.mutationId === changed.mutationId ? changed : save))
}

function pick(patch: StepPatch, isWanted: (field: string, value: DraftValue) => boolean): StepPatch {
  return Object.fromEntries(Object.entries(patch).filter(([field, value]) => isWanted(field, value)))
}
