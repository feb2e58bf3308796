import { THEME } from '@gangway/schemas/theme'
import { createTheme, type CSSVariablesResolver } from '@mantine/core'

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent: THEME.accent, dark: THEME.dark },
  // White text reaches 4.5:1 on this shade in both schemes.
  primaryShade: THEME.accentShade.light,
  fontFamily: THEME.fontFamily,
  fontFamilyMonospace: THEME.monospace,
  defaultRadius: THEME.radius,
  headings: { fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
})

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, ...THEME.variables })
