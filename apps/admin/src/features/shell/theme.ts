import { THEME } from '@gangway/schemas/theme'
import { type CSSVariablesResolver, createTheme } from '@mantine/core'

export const theme = createTheme({
  colors: { accent: THEME.accent },
  primaryColor: 'accent',
  primaryShade: THEME.accentShade,
  fontFamily: THEME.fontFamily,
  fontFamilyMonospace: THEME.monospace,
  defaultRadius: THEME.radius,
  headings: { fontFamily: THEME.fontFamily, fontWeight: '600' },
  // White and black are equally far from a colour of this luminance.
  autoContrast: true,
  luminanceThreshold: 0.18,
  cursorType: 'pointer',
  respectReducedMotion: true,
})

/** Mantine's quiet colours miss 4.5:1. https://www.w3.org/TR/WCAG22/#contrast-minimum */
export const readableColors: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': 'var(--mantine-color-gray-9)',
    '--mantine-color-dimmed': '#5c636b',
    '--mantine-color-placeholder': '#697077',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
  },
  dark: {
    '--mantine-color-dimmed': '#a3a3a3',
    '--mantine-color-placeholder': '#949494',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
  },
})
