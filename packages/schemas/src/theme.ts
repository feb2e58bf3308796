/** What both apps look like. Plain data, so that neither app has to depend on the other. */
export const THEME = {
  /** For Mantine's `createTheme`. */
  options: {
    primaryColor: 'accent',
    colors: {
      /** The one accent: ten shades, light to dark. */
      accent: ['#eef2ff', '#dfe5fb', '#bdc8f2', '#98a9ea', '#798ee3', '#657dde', '#5570d8', '#4660c0', '#3c55ad', '#2f4899'],
      /** Surfaces and text of the dark scheme: ten shades, light to dark. */
      dark: ['#d9dbdf', '#b9bdc4', '#8f949d', '#696e78', '#40444c', '#33363d', '#26282e', '#17181b', '#131416', '#0e0f11'],
    },
    // White text reaches 4.5:1 on this shade in both schemes.
    primaryShade: 7,
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
    defaultRadius: 'md',
    headings: { fontWeight: '600' },
    cursorType: 'pointer',
    respectReducedMotion: true,
  },
  /** CSS variables over Mantine's own, whose greys and reds miss 4.5:1. https://www.w3.org/TR/WCAG22/#contrast-minimum */
  variables: {
    light: {
      '--mantine-color-dimmed': '#565d66',
      '--mantine-color-placeholder': '#697077',
      '--mantine-color-error': '#c02626',
      '--gangway-control-border': '#868e96',
      '--gangway-success': '#187a3b',
    },
    dark: {
      '--mantine-color-dimmed': '#a3a8b0',
      '--mantine-color-placeholder': '#8f949d',
      '--mantine-color-error': '#ff8f8f',
      '--mantine-color-anchor': '#98a9ea',
      '--gangway-control-border': '#696e78',
      '--gangway-success': '#62c987',
    },
  },
} as const
