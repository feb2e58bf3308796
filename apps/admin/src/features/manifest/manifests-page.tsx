'use client'

import type { ManifestSummary } from '@gangway/schemas/manifest-editing'
import { Button, Modal, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { ConfirmForm } from '../records/confirm-form.tsx'
import { Absent, type Column, RecordTable } from '../records/record-table.tsx'
import { StatusLabel } from '../records/status-label.tsx'
import { Moment } from '../shell/moment.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { useManifestActions } from './use-manifest-actions.ts'

/** What the questionnaire asks: drafts, and every version that was ever published. */
export function ManifestsPage() {
  const router = useRouter()
  const list = useQuery(useTRPC().admin.manifests.list.queryOptions())
  const { createDraft } = useManifestActions()
  const [discarded, setDiscarded] = useState<ManifestSummary | null>(null)
  const current = list.data?.current
  return (
    <>
      <PageHeader
        title="Questions"
        description="What people are asked, version by version. A session keeps the version it began with."
      >
        <Button
          disabled={current === undefined}
          loading={createDraft.isPending}
          onClick={() =>
            current !== undefined &&
            createDraft.mutate({ version: current }, { onSuccess: ({ id }) => id && router.push(paths.draft(id)) })
          }
        >
          Change the questions
        </Button>
      </PageHeader>
      {list.error ? <ProblemNotice error={list.error} retry={() => void list.refetch()} /> : null}
      {createDraft.error ? <ProblemNotice error={createDraft.error} /> : null}
      {list.data && list.data.drafts.length > 0 ? (
        <section aria-labelledby="drafts">
          <Title order={2} size="h4" mb="sm" id="drafts">
            Drafts
          </Title>
          <RecordTable
            label="Drafts"
            columns={draftColumns(setDiscarded)}
            rows={list.data.drafts}
            rowKey={({ id }) => id ?? ''}
            href={({ id }) => paths.draft(id ?? '')}
          />
        </section>
      ) : null}
      <section aria-labelledby="versions">
        <Title order={2} size="h4" mt="xl" mb="sm" id="versions">
          Versions
        </Title>
        <RecordTable
          label="Versions"
          columns={versionColumns(current)}
          rows={list.data?.published}
          rowKey={({ version }) => String(version)}
          href={({ version }) => paths.manifest(version ?? 1)}
        />
      </section>
      {discarded ? <DiscardDialog draft={discarded} onClose={() => setDiscarded(null)} /> : null}
    </>
  )
}

function versionColumns(current: number | undefined): readonly Column<ManifestSummary>[] {
  return [
    { heading: 'Version', width: '24%', cell: ({ version, name }) => `${version}: ${name}` },
    {
      heading: 'State',
      width: '16%',
      cell: ({ version }) =>
        version === current ? (
          <StatusLabel tone="good">Asked now</StatusLabel>
        ) : (
          <StatusLabel tone="neutral">Replaced</StatusLabel>
        ),
    },
    { heading: 'Why', width: '26%', cell: ({ note }) => note },
    { heading: 'Published', width: '20%', cell: (version) => <Published version={version} /> },
    { heading: 'Answering', width: '14%', cell: ({ openSessions }) => openSessions.toLocaleString('en') },
  ]
}

function Published({ version: { publishedAt, publishedBy } }: { version: ManifestSummary }) {
  if (!publishedAt) return <Absent />
  return (
    <>
      <Moment at={publishedAt} />
      <Text span display="block" size="xs" c="dimmed">
        {publishedBy}
      </Text>
    </>
  )
}

function draftColumns(onDiscard: (draft: ManifestSummary) => void): readonly Column<ManifestSummary>[] {
  return [
    { heading: 'Draft', width: '30%', cell: ({ name }) => name || 'Without a name' },
    { heading: 'Made from', width: '16%', cell: ({ basedOn }) => `Version ${basedOn}` },
    { heading: 'Changed', width: '22%', cell: ({ updatedAt }) => (updatedAt ? <Moment at={updatedAt} /> : <Absent />) },
    { heading: 'By', width: '18%', cell: ({ updatedBy }) => updatedBy ?? <Absent /> },
    {
      heading: 'Action',
      width: '14%',
      cell: (draft) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`Discard the draft ${draft.name}`}
          style={{ position: 'relative', zIndex: 1 }}
          onClick={() => onDiscard(draft)}
        >
          Discard…
        </Button>
      ),
    },
  ]
}

function DiscardDialog({ draft, onClose }: { draft: ManifestSummary; onClose: () => void }) {
  const { discardDraft } = useManifestActions()
  return (
    <Modal opened onClose={onClose} title="Discard the draft" closeButtonProps={{ 'aria-label': 'Close' }}>
      <ConfirmForm
        confirmLabel="Discard it"
        dismissLabel="Keep it"
        isDangerous
        onDismiss={onClose}
        action={discardDraft}
        onConfirm={() => draft.id && discardDraft.mutate({ id: draft.id }, { onSuccess: onClose })}
      >
        <Text size="sm">What was written in “{draft.name}” is deleted. What is published stays as it is.</Text>
      </ConfirmForm>
    </Modal>
  )
}
