import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

export function useFlagActions() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.admin.flags.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.audit.pathFilter()),
    ])
  return {
    save: useMutation(trpc.admin.flags.save.mutationOptions({ onSettled })),
    remove: useMutation(trpc.admin.flags.remove.mutationOptions({ onSettled })),
  }
}
