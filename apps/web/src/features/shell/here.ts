/** The field that had the focus last, and the page that it is on. */
let last: { page: string; field: string } | null = null

/**
 * Remembers where somebody types, so that they come back to that field: the nearest element around it that matches.
 * Answers how to stop.
 */
export function followFocus(fields: string): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    const field = target instanceof HTMLElement && target.matches('input, select, textarea') ? target.closest(fields) : null
    if (field) last = { page: page(), field: field.id }
  }
  document.addEventListener('focusin', onFocus)
  return () => document.removeEventListener('focusin', onFocus)
}

/** Where to come back to after signing in: this page, and the field that was being filled in. */
export function here(): string {
  return last?.page === page() ? `${page()}#${last.field}` : page()
}

function page(): string {
  return window.location.pathname + window.location.search
}
