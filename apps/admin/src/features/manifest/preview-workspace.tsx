'use client'

import { Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'

/** The step that makes a workspace, or joins one: what it asks is its own, and the same in every manifest. */
export function PreviewWorkspace() {
  const [mode, setMode] = useState('create')
  return (
    <>
      <Radio.Group label="Workspace" value={mode} onChange={setMode}>
        <Stack gap="xs" mt="xs">
          <Radio value="create" label="Create a workspace" />
          <Radio value="join" label="Join a workspace by invitation" />
        </Stack>
      </Radio.Group>
      {mode === 'create' ? (
        <>
          <TextInput label="Workspace name" withAsterisk />
          <TextInput
            label="Slug"
            description="Your permanent name in addresses and in the warehouse: lower-case letters, digits and underscores."
            withAsterisk
          />
        </>
      ) : (
        <TextInput label="Invitation code" description="It is in the mail that invited you." withAsterisk />
      )}
    </>
  )
}
