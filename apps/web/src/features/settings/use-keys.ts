import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What can be done with keys. The list is asked again afterwards. Answers with a key are not kept. */
export function useKeys() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(trpc.keys.pathFilter())
  return {
    rotate: useMutation(trpc.keys.rotate.mutationOptions({ onSettled, gcTime: 0 })),
    reveal: useMutation(trpc.keys.revealRotated.mutationOptions({ gcTime: 0 })),
    markSaved: useMutation(trpc.keys.markRotatedSaved.mutationOptions({ onSettled })),
    revoke: useMutation(trpc.keys.revoke.mutationOptions({ onSettled })),
  }
}
