import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** What the doctor can be asked to do, for one organization or for all. */
export function useDoctor() {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(trpc.admin.organizations.pathFilter())
  return {
    examine: useMutation(trpc.admin.organizations.examine.mutationOptions({ onSettled })),
    examineAll: useMutation(trpc.admin.organizations.examineAll.mutationOptions({ onSettled })),
    repair: useMutation(trpc.admin.organizations.repair.mutationOptions({ onSettled })),
    repairAll: useMutation(trpc.admin.organizations.repairAll.mutationOptions({ onSettled })),
  }
}
