import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { useViewer } from '../sign-in/use-viewer.ts'

const REFRESH_MS = 30_000

/** How things stand with whatever staff are warned of; looked at again every half minute. */
export function useAlerts() {
  // The frame stands before anybody knows who looks.
  const enabled = useViewer().data?.role === 'admin'
  return useQuery(useTRPC().admin.alerts.queryOptions(undefined, { enabled, refetchInterval: REFRESH_MS }))
}
