'use client'

import { type ApiKey, LONGEST_OVERLAP_DAYS } from '@gangway/schemas/keys'
import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { problemOf } from '../../trpc/problem.ts'
import { KeyField } from '../provisioning/key-field.tsx'
import { ProblemAlert } from '../shell/problem-alert.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { useKeys } from './use-keys.ts'

export type KeyDialogName = 'rotate' | 'reveal' | 'revoke'

interface KeyDialogProps {
  name: KeyDialogName
  orgId: string
  /** Undefined for a key beside those that there are. */
  apiKey: ApiKey | undefined
  onClose: () => void
}

export function KeyDialog({ name, ...props }: KeyDialogProps) {
  const titles = { rotate: props.apiKey ? 'Rotate the key' : 'New key', reveal: 'Show the key', revoke: 'Revoke the key' }
  const Inside = { rotate: Rotate, reveal: Show, revoke: Revoke }[name]
  return (
    <SettingsDialog title={titles[name]} onClose={props.onClose} isSticky={name !== 'revoke'}>
      <Inside {...props} />
    </SettingsDialog>
  )
}

type InsideProps = Omit<KeyDialogProps, 'name'>

const OVERLAPS = [0, 1, 3, LONGEST_OVERLAP_DAYS].map((days) => ({
  value: String(days),
  label: days === 0 ? 'Stop it at once' : `Let it work for ${days} more ${days === 1 ? 'day' : 'days'}`,
}))

function Rotate({ orgId, apiKey, onClose }: InsideProps) {
  const { rotate } = useKeys()
  const [days, setDays] = useState('1')
  if (rotate.data) {
    const { apiKey: secret, key } = rotate.data
    return <Secret orgId={orgId} keyId={key.id} secret={secret} onClose={onClose} />
  }
  const overlapDays = apiKey ? Number(days) : 0
  return (
    <Stack>
      <Text>
        {apiKey
          ? 'You get another key with the same rights. Put it where this one is used, before this one stops.'
          : 'The new key works beside those that you have.'}
      </Text>
      {apiKey && (
        <NativeSelect
          label="The present key"
          data={OVERLAPS}
          value={days}
          onChange={(event) => setDays(event.currentTarget.value)}
        />
      )}
      {rotate.error && <ProblemAlert problem={problemOf(rotate.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button
          loading={rotate.isPending}
          onClick={() => rotate.mutate({ orgId, overlapDays, ...(apiKey && { keyId: apiKey.id }) })}
        >
          {apiKey ? 'Rotate' : 'Make the key'}
        </Button>
      </Group>
    </Stack>
  )
}

function Show({ orgId, apiKey, onClose }: InsideProps) {
  const { reveal } = useKeys()
  const keyId = apiKey?.id ?? ''
  if (reveal.data?.status === 'revealed') {
    return <Secret orgId={orgId} keyId={keyId} secret={reveal.data.apiKey} onClose={onClose} />
  }
  return (
    <Stack>
      <Text>{reveal.data ? 'It cannot be shown again.' : 'It is shown until you have saved it, for two hours at most.'}</Text>
      {reveal.error && <ProblemAlert problem={problemOf(reveal.error)} />}
      <Group justify="flex-end">
        <Button loading={reveal.isPending} disabled={reveal.isSuccess} onClick={() => reveal.mutate({ orgId, keyId })}>
          Show the key
        </Button>
      </Group>
    </Stack>
  )
}

/** Held by this dialog alone, and by no storage. */
function Secret({ orgId, keyId, secret, onClose }: { orgId: string; keyId: string; secret: string; onClose: () => void }) {
  const { markSaved } = useKeys()
  return (
    <Stack>
      <Text>Copy it to where you keep your secrets. Once you have saved it, nobody can be shown it again.</Text>
      <KeyField apiKey={secret} />
      {markSaved.error && <ProblemAlert problem={problemOf(markSaved.error)} />}
      <Group justify="flex-end">
        <Button loading={markSaved.isPending} onClick={() => markSaved.mutate({ orgId, keyId }, { onSuccess: onClose })}>
          I have saved it
        </Button>
      </Group>
    </Stack>
  )
}

function Revoke({ orgId, apiKey, onClose }: InsideProps) {
  const { revoke } = useKeys()
  return (
    <Stack>
      <Text>Whatever uses this key is turned away at once. This cannot be undone.</Text>
      {revoke.error && <ProblemAlert problem={problemOf(revoke.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          Keep it
        </Button>
        <Button
          color="red"
          loading={revoke.isPending}
          onClick={() => revoke.mutate({ orgId, keyId: apiKey?.id ?? '' }, { onSuccess: onClose })}
        >
          Revoke
        </Button>
      </Group>
    </Stack>
  )
}
