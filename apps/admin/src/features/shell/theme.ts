import { THEME } from '@gangway/schemas/theme'
import { createTheme, type CSSVariablesResolver } from '@mantine/core'

export const theme = createTheme(THEME.options)

export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, ...THEME.variables })
