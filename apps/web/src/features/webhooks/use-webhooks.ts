import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What can be done with webhooks. Whatever shows them is asked again afterwards. Answers with a secret are not kept. */
export function useWebhooks() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(trpc.webhooks.pathFilter())
  return {
    create: useMutation(trpc.webhooks.create.mutationOptions({ onSettled, gcTime: 0 })),
    update: useMutation(trpc.webhooks.update.mutationOptions({ onSettled })),
    rotate: useMutation(trpc.webhooks.rotate.mutationOptions({ onSettled, gcTime: 0 })),
    remove: useMutation(trpc.webhooks.remove.mutationOptions({ onSettled })),
    ping: useMutation(trpc.webhooks.ping.mutationOptions({ onSettled })),
    redeliver: useMutation(trpc.webhooks.redeliver.mutationOptions({ onSettled })),
  }
}
