import { THEME } from '@gangway/schemas/theme'
import { createTheme, type CSSVariablesResolver } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'accent',
  colors: {
    accent: THEME.accent,
    dark: ['#d9dbdf', '#b9bdc4', '#8f949d', '#696e78', '#40444c', '#33363d', '#26282e', '#17181b', '#131416', '#0e0f11'],
  },
  // White text reaches 4.5:1 on this shade in both schemes.
  primaryShade: THEME.accentShade.light,
  fontFamily: `var(--font-inter), ${THEME.fontFamily}`,
  fontFamilyMonospace: THEME.monospace,
  defaultRadius: THEME.radius,
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Mantine's own greys and reds stay below 4.5:1 on its backgrounds. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#565d66',
    '--mantine-color-error': '#c02626',
    '--gangway-control-border': '#868e96',
    '--gangway-success': '#187a3b',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a8b0',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-anchor': THEME.accent[3],
    '--gangway-control-border': '#696e78',
    '--gangway-success': '#62c987',
  },
})
