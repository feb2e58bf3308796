import { THEME } from '@gangway/schemas/theme'
import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** The font's own name is made by the build. */
export const theme = createTheme({ ...THEME.options, fontFamily: `var(--font-inter), ${THEME.options.fontFamily}` })

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, ...THEME.variables })
