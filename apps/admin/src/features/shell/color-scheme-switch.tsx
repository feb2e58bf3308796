'use client'

import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconMoon, IconSun } from '@tabler/icons-react'

export function ColorSchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme()
  const other = useComputedColorScheme('light') === 'light' ? 'dark' : 'light'
  return (
    <ActionIcon variant="subtle" color="gray" size="lg" onClick={() => setColorScheme(other)} aria-label={`Switch to ${other} mode`}>
      <IconMoon size={18} stroke={1.6} className="mantine-dark-hidden" aria-hidden />
      <IconSun size={18} stroke={1.6} className="mantine-light-hidden" aria-hidden />
    </ActionIcon>
  )
}
