/** The field that had the focus last, and the page that it is on. */
let last: { page: string; field: string } | null = null

/** Remembers where somebody types, so that they come back to that field. Answers how to stop. */
export function followFocus(): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target.id && target.matches('input, select, textarea'))
      last = { page: page(), field: target.id }
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
