import type { KeyboardEvent } from 'react'

const ROW_LINKS = 'tr > :first-child > div > a'

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
  const { links, here } = rowLinks(event.currentTarget)
  if (here === -1) return
  event.preventDefault()
  links[step(here, links.length - 1)]?.focus()
}

/** The same from anywhere on the page: by one row down (1) or up (-1); to the first row where none has the focus. */
export function stepRow(by: 1 | -1): void {
  const { links, here } = rowLinks(document)
  links[here === -1 ? 0 : Math.min(Math.max(here + by, 0), links.length - 1)]?.focus()
}

/** How many rows that lead somewhere are on the page. */
export function countRows(): number {
  return rowLinks(document).links.length
}

/** Gives the focus to a row by its place, and leaves the page where it is. */
export function focusRow(place: number): void {
  rowLinks(document).links[place]?.focus({ preventScroll: true })
}

function rowLinks(root: ParentNode): { links: HTMLAnchorElement[]; here: number } {
  const links = [...root.querySelectorAll<HTMLAnchorElement>(ROW_LINKS)]
  return { links, here: links.findIndex((link) => link === document.activeElement) }
}
