import type { StepId } from '@gangway/schemas/questionnaire'
import { useEffect } from 'react'
import { followFocus } from '../shell/here.ts'
import { fieldId } from './field-id.ts'
import { focusField } from './focus-field.ts'

/** Somebody whose session ended while they typed is back: the field that they were at gets the focus as soon as it is there. */
export function useReturnToField(step: StepId, isReady: boolean): void {
  const prefix = fieldId(step, '')
  // The choices of a group have no names of their own: the group is what can be come back to.
  useEffect(() => followFocus(`[id^="${prefix}"]`), [prefix])
  useEffect(() => {
    const id = window.location.hash.slice(1)
    if (!isReady || !id.startsWith(prefix)) return
    // After the heading of the page, which takes the focus when it appears.
    const frame = requestAnimationFrame(() => {
      if (!focusField(id)) return
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
    })
    return () => cancelAnimationFrame(frame)
  }, [isReady, prefix])
}
