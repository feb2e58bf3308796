'use client'

import type { ManifestDetail } from '@gangway/schemas/manifest-editing'
import { Button, Group, Skeleton, Tabs, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useState } from 'react'
import { paths } from '../../paths.ts'
import { useTRPC } from '../../trpc/client.ts'
import { ProblemNotice } from '../problem/problem-notice.tsx'
import { PageHeader } from '../shell/page-header.tsx'
import { JsonView, type TypedJson } from './json-view.tsx'
import { Preview } from './preview.tsx'
import { ProblemList } from './problem-list.tsx'
import { problemsOf } from './problems.ts'
import { PublishForm } from './publish-form.tsx'
import { QuestionsEditor } from './questions-editor.tsx'
import { useManifestActions } from './use-manifest-actions.ts'

/** Four tabs are beside each other on a phone. */
const AROUND = { base: 8, xs: 'md' }

export function DraftPage({ id }: { id: string }) {
  // What is typed here is not to be replaced by what is asked again.
  const draft = useQuery(useTRPC().admin.manifests.draft.queryOptions({ id }, { staleTime: Infinity, gcTime: 0 }))
  if (draft.error) return <ProblemNotice error={draft.error} retry={() => void draft.refetch()} />
  if (!draft.data) return <Skeleton h={480} />
  return <Editor draft={draft.data} id={id} />
}

function Editor({ draft, id }: { draft: ManifestDetail; id: string }) {
  const router = useRouter()
  const list = useQuery(useTRPC().admin.manifests.list.queryOptions())
  const { saveDraft, publish } = useManifestActions()
  const [saved, setSaved] = useState(draft)
  const [content, setContent] = useState(draft.content)
  const [typedJson, setTypedJson] = useState<TypedJson | null>(null)
  const [isPublishing, setPublishing] = useState(false)
  const problems = useMemo(() => problemsOf(content), [content])
  const isDirty = content !== saved.content
  useUnsavedWarning(isDirty || typedJson !== null)

  function save(then?: () => void) {
    const sent = content
    saveDraft.mutate(
      { id, revision: saved.revision, content: sent },
      {
        onSuccess: ({ revision }) => {
          setSaved({ ...saved, revision, content: sent })
          then?.()
        },
      },
    )
  }

  function takeOver(read: ManifestDetail['content']) {
    setContent(read)
    setTypedJson(null)
  }

  return (
    <>
      <PageHeader
        title={`Draft: ${content.name || 'without a name'}`}
        description={`Made from version ${saved.basedOn}. Nobody is asked this before it is published.`}
      >
        <Group>
          <Text size="sm" c="dimmed" role="status">
            {stateOf(isDirty, typedJson)}
          </Text>
          <Button variant="default" onClick={() => save()} loading={saveDraft.isPending} disabled={!isDirty}>
            Save
          </Button>
          <Button
            disabled={problems.length > 0 || typedJson !== null || !list.data}
            onClick={() => (isDirty ? save(() => setPublishing(true)) : setPublishing(true))}
          >
            Publish…
          </Button>
        </Group>
      </PageHeader>
      {saveDraft.error ? <ProblemNotice error={saveDraft.error} /> : null}
      <Tabs defaultValue="questions" keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab px={AROUND} value="questions">
            Questions
          </Tabs.Tab>
          <Tabs.Tab px={AROUND} value="preview">
            Preview
          </Tabs.Tab>
          <Tabs.Tab px={AROUND} value="json">
            JSON
          </Tabs.Tab>
          <Tabs.Tab px={AROUND} value="problems">
            Problems ({problems.length})
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="questions">
          <QuestionsEditor content={content} problems={problems} onChange={setContent} />
        </Tabs.Panel>
        <Tabs.Panel value="preview">
          <Preview content={content} />
        </Tabs.Panel>
        <Tabs.Panel value="json">
          <JsonView content={content} typed={typedJson} onType={setTypedJson} onTake={takeOver} />
        </Tabs.Panel>
        <Tabs.Panel value="problems">
          <ProblemList problems={problems} />
        </Tabs.Panel>
      </Tabs>
      {isPublishing && list.data ? (
        <PublishForm
          title="Publish this draft"
          manifest={saved}
          current={list.data.current}
          action={publish}
          onClose={() => setPublishing(false)}
          onConfirm={(note) =>
            publish.mutate(
              { id, revision: saved.revision, current: list.data.current, note },
              { onSuccess: () => router.push(paths.manifests()) },
            )
          }
        />
      ) : null}
    </>
  )
}

function stateOf(isDirty: boolean, typedJson: TypedJson | null): string {
  if (typedJson) return 'JSON not taken over'
  return isDirty ? 'Unsaved changes' : 'Saved'
}

/** The browser asks before a page with unsaved changes is closed, or left by a link. */
function useUnsavedWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    const onClick = (event: MouseEvent) => {
      const isLink = event.target instanceof Element && event.target.closest('a[href]:not([target=_blank])')
      if (!isLink || event.ctrlKey || event.metaKey || event.shiftKey) return
      if (window.confirm('This draft has changes that are not saved. Leave without them?')) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', onLeave)
    // Before the link itself hears of it.
    document.addEventListener('click', onClick, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', onLeave)
      document.removeEventListener('click', onClick, { capture: true })
    }
  }, [isDirty])
}
