'use client'

import { Checkbox, Kbd, Modal, Stack, Table } from '@mantine/core'

const KEYS = [
  ['j', 'To the next row'],
  ['k', 'To the row before'],
  ['Enter', 'Opens the row'],
  ['Esc', 'Closes what is open'],
  ['/', 'To the search'],
  ['?', 'Shows these keys'],
] as const

interface KeysHelpProps {
  opened: boolean
  onClose: () => void
  singleKeys: boolean
  onTurn: (singleKeys: boolean) => void
}

export function KeysHelp({ opened, onClose, singleKeys, onTurn }: KeysHelpProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keyboard" closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack>
        <Table aria-label="Keys">
          <Table.Tbody>
            {KEYS.map(([key, what]) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" w={90}>
                  <Kbd>{key}</Kbd>
                </Table.Th>
                <Table.Td>{what}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Checkbox
          label="Single keys do this"
          description="Turn it off where they get in the way of another tool."
          checked={singleKeys}
          onChange={(event) => onTurn(event.currentTarget.checked)}
        />
      </Stack>
    </Modal>
  )
}
