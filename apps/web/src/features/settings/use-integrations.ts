import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What can be done with integrations. The list is asked again afterwards. */
export function useIntegrations() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(trpc.integrations.pathFilter())
  return {
    // What was sent holds a key.
    connect: useMutation(trpc.integrations.connect.mutationOptions({ onSettled, gcTime: 0 })),
    schedule: useMutation(trpc.integrations.schedule.mutationOptions({ onSettled })),
    remove: useMutation(trpc.integrations.remove.mutationOptions({ onSettled })),
  }
}
