import type { ExportView } from '@gangway/schemas/exports'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { useSubscription } from '@trpc/tanstack-react-query'
import { useState } from 'react'
import { useTRPC } from '../../trpc/client.ts'
import { isUnderWay } from './export-state-label.tsx'

const PAGE_SIZE = 20
/** While one of those that are listed is under way. */
const POLL_MS = 2000

/** Exports that were asked for, page by page, newest first. */
export function useExports() {
  const trpc = useTRPC()
  return useInfiniteQuery(
    trpc.admin.exports.list.infiniteQueryOptions(
      { limit: PAGE_SIZE },
      {
        getNextPageParam: (page) => page.nextCursor,
        refetchInterval: ({ state }) =>
          state.data?.pages.some(({ rows }) => rows.some((row) => isUnderWay(row.state))) ? POLL_MS : false,
      },
    ),
  )
}

/** What can be done with exports. */
export function useExportActions() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(trpc.admin.exports.pathFilter())
  return {
    start: useMutation(trpc.admin.exports.start.mutationOptions({ onSettled })),
    cancel: useMutation(trpc.admin.exports.cancel.mutationOptions({ onSettled })),
  }
}

/** How far one export is, as it goes on; what was known at the start until then. */
export function useExportProgress(started: ExportView): ExportView {
  const trpc = useTRPC()
  // Its own data are gone as soon as the stream has ended, which it does when the export is over.
  const [exported, setExported] = useState(started)
  useSubscription(trpc.admin.exports.progress.subscriptionOptions({ exportId: started.id }, { onData: setExported }))
  return exported
}
