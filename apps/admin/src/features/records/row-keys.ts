import type { KeyboardEvent } from 'react'

const STEPS: Record<string, (here: number, last: number) => number> = {
  ArrowDown: (here, last) => Math.min(here + 1, last),
  ArrowUp: (here) => Math.max(here - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
}

/** Moves the focus from one row's link to another's. */
export function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key]
  if (!step) return
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('tr > :first-child > div > a')]
  const here = links.findIndex((link) => link === document.activeElement)
  if (here === -1) return
  event.preventDefault()
  links[step(here, links.length - 1)]?.focus()
}
