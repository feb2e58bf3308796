import { type StepPatch, stepPatchSchema } from '@gangway/schemas/questionnaire'
import * as z from 'zod/mini'

const PREFIX = 'gangway.hand-off.draft.'

const draftSchema = z.object({ seen: stepPatchSchema, typed: stepPatchSchema })

/** What was typed for a link and not sent yet, and what it was typed on. */
interface Draft {
  seen: StepPatch
  typed: StepPatch
}

/** A reload loses nothing. Null where nothing was typed, or it cannot be read. */
export function readDraft(code: string): Draft | null {
  try {
    return draftSchema.parse(JSON.parse(localStorage.getItem(PREFIX + code) ?? 'null'))
  } catch {
    return null
  }
}

export function keepDraft(code: string, draft: Draft): void {
  try {
    localStorage.setItem(PREFIX + code, JSON.stringify(draft))
  } catch {
    // A storage that is full or forbidden: what is typed lives as long as the page does.
  }
}

export function forgetDraft(code: string): void {
  try {
    localStorage.removeItem(PREFIX + code)
  } catch {
    // Nothing was kept, then.
  }
}
