import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What staff can do with questions. Whatever shows them is asked again afterwards. */
export function useManifestActions() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () =>
    Promise.all([
      queryClient.invalidateQueries(trpc.admin.manifests.pathFilter()),
      queryClient.invalidateQueries(trpc.admin.audit.pathFilter()),
    ])
  return {
    createDraft: useMutation(trpc.admin.manifests.createDraft.mutationOptions({ onSettled })),
    saveDraft: useMutation(trpc.admin.manifests.saveDraft.mutationOptions()),
    discardDraft: useMutation(trpc.admin.manifests.discardDraft.mutationOptions({ onSettled })),
    publish: useMutation(trpc.admin.manifests.publish.mutationOptions({ onSettled })),
    rollBack: useMutation(trpc.admin.manifests.rollBack.mutationOptions({ onSettled })),
  }
}
