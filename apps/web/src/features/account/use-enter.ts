import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useViewer } from './use-viewer.ts'

/** Goes on to `next` once somebody is signed in, who may have been all along. Answers what to call after signing in. */
export function useEnter(next: string): () => Promise<void> {
  const router = useRouter()
  const queryClient = useQueryClient()
  const { data: viewer } = useViewer()
  useEffect(() => {
    if (viewer) router.replace(next)
  }, [viewer, next, router])
  // What was known about nobody, or about somebody else, is forgotten.
  return () => queryClient.resetQueries()
}
