import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What staff can do with webhooks. Whatever shows them is asked again afterwards. Answers with a secret are not kept. */
export function useWebhookActions() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.admin.webhooks.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.audit.pathFilter()),
    ])
  return {
    create: useMutation(trpc.admin.webhooks.create.mutationOptions({ onSettled, gcTime: 0 })),
    update: useMutation(trpc.admin.webhooks.update.mutationOptions({ onSettled })),
    rotate: useMutation(trpc.admin.webhooks.rotate.mutationOptions({ onSettled, gcTime: 0 })),
    remove: useMutation(trpc.admin.webhooks.remove.mutationOptions({ onSettled })),
    ping: useMutation(trpc.admin.webhooks.ping.mutationOptions({ onSettled })),
    redeliver: useMutation(trpc.admin.webhooks.redeliver.mutationOptions({ onSettled })),
  }
}
