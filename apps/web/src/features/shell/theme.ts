import { THEME } from '@gangway/schemas/theme'
import { createTheme, type CSSVariablesResolver } from '@mantine/core'

/** The font's own name is made by the build. */
export const theme = createTheme({ ...THEME.options, fontFamily: `var(--font-inter), ${THEME.options.fontFamily}` })

/** In the dark, Mantine's own are next to white: a notice that something failed would look like any other. */
const NOTICES = Object.fromEntries(
  ['red', 'orange', 'yellow', 'green'].map((color) => [
    `--mantine-color-${color}-light-color`,
    `var(--mantine-color-${color}-4)`,
  ]),
)

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  ...{ light: THEME.variables.light, dark: { ...THEME.variables.dark, ...NOTICES } },
})
