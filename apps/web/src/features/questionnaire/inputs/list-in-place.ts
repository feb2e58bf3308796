/**
 * A list of suggestions that stays inside the page's main part, where screen readers look for it, and that scrolls by
 * itself: the list is what the combobox names, a scroll area around it would be a stop that the keyboard cannot reach.
 */
export const LIST_IN_PLACE = {
  comboboxProps: { withinPortal: false },
  withScrollArea: false,
  styles: { options: { maxHeight: '16rem', overflowY: 'auto' } },
} as const
