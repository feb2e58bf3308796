import type { SavedViewPage } from '@gangway/schemas/saved-views'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** The saved views of a page, and what can be done with them. */
export function useSavedViews(page: SavedViewPage) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries(trpc.admin.savedViews.pathFilter())
  return {
    views: useQuery(trpc.admin.savedViews.list.queryOptions({ page })),
    save: useMutation(trpc.admin.savedViews.save.mutationOptions({ onSuccess })),
    remove: useMutation(trpc.admin.savedViews.remove.mutationOptions({ onSuccess })),
  }
}
