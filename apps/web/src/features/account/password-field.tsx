'use client'

import { PasswordInput, type PasswordInputProps } from '@mantine/core'

/** With a button that shows what is typed, within reach of the keyboard. */
export function PasswordField(props: PasswordInputProps) {
  return <PasswordInput visibilityToggleFocusable visibilityToggleButtonProps={{ 'aria-label': 'Show characters' }} {...props} />
}
