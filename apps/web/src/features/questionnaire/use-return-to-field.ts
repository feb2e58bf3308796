import { useEffect } from 'react'
import { followFocus } from '../shell/here.ts'

/** Somebody whose session ended while they typed is back: the field that they were at gets the focus as soon as it is there. */
export function useReturnToField(isReady: boolean): void {
  useEffect(() => followFocus(), [])
  useEffect(() => {
    const id = decodeURIComponent(window.location.hash.slice(1))
    if (!isReady || !id) return
    // After the heading of the page, which takes the focus when it appears.
    const frame = requestAnimationFrame(() => {
      const field = document.getElementById(id)
      if (!field?.matches('input, select, textarea')) return
      field.focus()
      window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search)
    })
    return () => cancelAnimationFrame(frame)
  }, [isReady])
}
