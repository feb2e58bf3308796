'use client'

import { diffManifests } from '@gangway/schemas/manifest-diff'
import type { ManifestDetail } from '@gangway/schemas/manifest-editing'
import { Modal, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { ChangesList } from './changes-list.tsx'

interface PublishFormProps {
  title: string
  /** What would be published. */
  manifest: Pick<ManifestDetail, 'content'>
  /** The version that new sessions are pinned to now. */
  current: number
  action: { isPending: boolean; error: unknown }
  onConfirm: (note: string) => void
  onClose: () => void
}

/** Shows what would change, and asks why, before anybody is asked anything new. */
export function PublishForm({ title, manifest, current, action, onConfirm, onClose }: PublishFormProps) {
  const before = useQuery(useTRPC().admin.manifests.version.queryOptions({ version: current }))
  const [note, setNote] = useState('')
  const [problem, setProblem] = useState<string>()
  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      <ConfirmForm
        confirmLabel="Publish"
        dismissLabel="Not yet"
        onDismiss={onClose}
        action={action}
        onConfirm={() => {
          const reason = note.trim()
          setProblem(reason.length < 3 ? 'Say in a few words why.' : undefined)
          if (reason.length >= 3) onConfirm(reason)
        }}
      >
        <Text size="sm">
          Who begins from now on is asked this. Who is answering already keeps version {current} and what they began with.
        </Text>
        {before.data ? (
          <ChangesList
            label={`Changes since version ${current}`}
            changes={diffManifests(before.data.content, manifest.content)}
          />
        ) : null}
        <Textarea
          label="Why"
          description="Others read this in the list of versions and in the audit log."
          required
          data-autofocus
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          error={problem}
        />
      </ConfirmForm>
    </Modal>
  )
}
