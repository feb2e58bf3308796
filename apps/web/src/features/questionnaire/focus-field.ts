const CONTROLS = 'input, select, textarea, button'

/** Focuses the control of this id; where it is a group of choices or rows, the first of them. Answers false for none. */
export function focusField(id: string): boolean {
  const field = document.getElementById(id)
  const control = field?.matches(CONTROLS) ? field : field?.querySelector<HTMLElement>(CONTROLS)
  control?.focus()
  return control !== null && control !== undefined
}
