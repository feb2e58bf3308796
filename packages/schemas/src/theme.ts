/** What both apps look like. Plain data, so that neither app has to depend on the other. */
export const THEME = {
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  monospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  /** The one accent: ten shades, light to dark. */
  accent: [
    '#eef2ff',
    '#dfe5fb',
    '#bdc8f2',
    '#98a9ea',
    '#798ee3',
    '#657dde',
    '#5570d8',
    '#4660c0',
    '#3c55ad',
    '#2f4899',
  ],
  /** Shade of the accent in the light and in the dark scheme: both reach 4.5:1 on their backgrounds. */
  accentShade: { light: 7, dark: 5 },
  radius: 'md',
} as const
