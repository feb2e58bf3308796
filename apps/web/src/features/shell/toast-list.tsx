'use client'

import '@mantine/core/styles/Notification.layer.css'
import '@mantine/notifications/styles.layer.css'
import { Notifications, notifications } from '@mantine/notifications'
import type { Toast } from './toasts.tsx'

export function ToastList() {
  return <Notifications position="bottom-right" limit={3} />
}

export function pushToast({ id, title, message, tone }: Toast): void {
  notifications.hide(id)
  notifications.show({
    ...{ id, title, message, color: tone === 'problem' ? 'red' : 'accent', withBorder: true },
    closeButtonProps: { 'aria-label': 'Close this message' },
    // The library's own grey is too light to be read by everybody.
    styles: { description: { color: 'var(--mantine-color-text)' } },
  })
}
