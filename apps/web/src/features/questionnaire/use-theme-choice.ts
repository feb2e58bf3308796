import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import type { StepFormState } from './use-step-form.ts'

const SCHEMES: Record<string, 'auto' | 'light' | 'dark'> = { system: 'auto', light: 'light', dark: 'dark' }

/** The page takes on the theme that is chosen in it. Chosen here, not merely there: opening the step changes nothing. */
export function useThemeChoice(step: string, form: StepFormState): void {
  const { setColorScheme } = useMantineColorScheme()
  useEffect(
    () =>
      form.subscribe({
        name: 'theme',
        formState: { values: true },
        callback({ values: { theme }, name }) {
          const scheme = typeof theme === 'string' ? SCHEMES[theme] : undefined
          if (step === 'preferences' && name === 'theme' && scheme) setColorScheme(scheme)
        },
      }),
    [step, form, setColorScheme],
  )
}
