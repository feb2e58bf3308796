import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What staff can do with runs. Whatever shows runs is asked again afterwards, also after a refusal: the run may have moved on. */
export function useRunActions() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.admin.runs.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.pendingSyncs.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.audit.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.alerts.queryFilter()),
    ])
  return {
    retry: useMutation(trpc.admin.runs.retry.mutationOptions({ onSettled })),
    cancel: useMutation(trpc.admin.runs.cancel.mutationOptions({ onSettled })),
    rollBack: useMutation(trpc.admin.runs.rollBack.mutationOptions({ onSettled })),
    sync: useMutation(trpc.admin.pendingSyncs.syncOne.mutationOptions({ onSettled })),
  }
}

export type RunActions = ReturnType<typeof useRunActions>
