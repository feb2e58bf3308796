import type { OnboardingSession } from '@gangway/schemas/onboarding'
import { useEffect, useRef } from 'react'
import { useTRPCClient } from '../../trpc/client.ts'

/** Tells the server that a step is being looked at: from then on the session counts for its variant. Once a visit. */
export function useExposure(step: string, session: OnboardingSession | undefined): void {
  const client = useTRPCClient()
  const told = useRef('')
  const id = session?.id
  useEffect(() => {
    if (!id || told.current === id) return
    told.current = id
    // Whoever cannot be told now is told with the next visit.
    client.onboarding.viewed.mutate({ step }).catch(() => (told.current = ''))
  }, [client, id, step])
}
