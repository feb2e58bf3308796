'use client'

import { diffManifests } from '@gangway/schemas/manifest-diff'
import type { ManifestDetail } from '@gangway/schemas/manifest-editing'
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { Panel } from '../records/panel.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { ChangesList } from './changes-list.tsx'
import { Preview } from './preview.tsx'
import { PublishForm } from './publish-form.tsx'
import { useManifestActions } from './use-manifest-actions.ts'

/** One published version: what it asks, and what it changed. */
export function VersionPage({ version }: { version: number }) {
  const trpc = useTRPC()
  const found = useQuery(trpc.admin.manifests.version.queryOptions({ version }))
  const list = useQuery(trpc.admin.manifests.list.queryOptions())
  const error = found.error ?? list.error
  if (error) return <ProblemNotice error={error} />
  if (!found.data || !list.data) return <Skeleton h={480} />
  return <Version manifest={found.data} version={version} current={list.data.current} />
}

interface VersionProps {
  manifest: ManifestDetail
  version: number
  current: number
}

function Version({ manifest, version, current }: VersionProps) {
  const router = useRouter()
  const { createDraft, rollBack } = useManifestActions()
  const [isPublishing, setPublishing] = useState(false)
  const isCurrent = version === current
  return (
    <>
      <PageHeader
        title={`Version ${version}: ${manifest.name}`}
        description={isCurrent ? 'Who begins now is asked this.' : `Version ${current} is asked now.`}
      >
        <Group>
          {isCurrent ? null : (
            <Button variant="default" onClick={() => setPublishing(true)}>
              Publish it again…
            </Button>
          )}
          <Button
            loading={createDraft.isPending}
            onClick={() => createDraft.mutate({ version }, { onSuccess: ({ id }) => id && router.push(paths.draft(id)) })}
          >
            Make a draft of it
          </Button>
        </Group>
      </PageHeader>
      {createDraft.error ? <ProblemNotice error={createDraft.error} /> : null}
      <Stack gap="lg">
        {manifest.note ? <Text size="sm">{manifest.note}</Text> : null}
        <Panel title="What customers see">
          <Preview content={manifest.content} />
        </Panel>
        {version > 1 ? <ChangedSince manifest={manifest} version={version} /> : null}
      </Stack>
      {isPublishing ? (
        <PublishForm
          title={`Publish version ${version} again`}
          manifest={manifest}
          current={current}
          action={rollBack}
          onClose={() => setPublishing(false)}
          onConfirm={(note) => rollBack.mutate({ version, current, note }, { onSuccess: () => router.push(paths.manifests()) })}
        />
      ) : null}
    </>
  )
}

function ChangedSince({ manifest, version }: Pick<VersionProps, 'manifest' | 'version'>) {
  const before = useQuery(useTRPC().admin.manifests.version.queryOptions({ version: version - 1 }))
  return (
    <Panel title={`Changes since version ${version - 1}`}>
      {before.data ? (
        <ChangesList
          label={`Changes since version ${version - 1}`}
          changes={diffManifests(before.data.content, manifest.content)}
        />
      ) : (
        <Skeleton h={80} />
      )}
    </Panel>
  )
}
