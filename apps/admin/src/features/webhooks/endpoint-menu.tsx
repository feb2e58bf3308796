'use client'

import type { WebhookEndpoint } from '@gangway/schemas/webhooks'
import { Button, Group, Menu } from '@mantine/core'
import type { EndpointDialogName } from './endpoint-dialog.tsx'

interface EndpointMenuProps {
  endpoint: WebhookEndpoint
  isBusy: boolean
  onPing: () => void
  onTurn: (enabled: boolean) => void
  onOpen: (dialog: EndpointDialogName) => void
}

export function EndpointMenu({ endpoint: { url, disabledReason }, isBusy, onPing, onTurn, onOpen }: EndpointMenuProps) {
  const isOn = disabledReason === null
  return (
    <Group gap="xs">
      {isOn ? (
        <Button size="compact-sm" variant="default" aria-label={`Send a test to ${url}`} loading={isBusy} onClick={onPing}>
          Test
        </Button>
      ) : (
        <Button size="compact-sm" variant="default" aria-label={`Turn on ${url}`} loading={isBusy} onClick={() => onTurn(true)}>
          Turn on
        </Button>
      )}
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button size="compact-sm" variant="default" aria-label={`More for ${url}`}>
            More
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onOpen('edit')}>Edit…</Menu.Item>
          <Menu.Item onClick={() => onOpen('rotate')}>Rotate the secret…</Menu.Item>
          {isOn ? <Menu.Item onClick={() => onTurn(false)}>Turn off</Menu.Item> : null}
          <Menu.Item onClick={() => onOpen('remove')}>Remove…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
