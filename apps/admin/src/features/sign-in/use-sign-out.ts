import { useMutation } from '@tanstack/react-query'
import { paths } from '../../paths.ts'
import { useApiOrigin } from '../shell/api-origin.ts'

/**
 * Ends the session and loads the sign-in page anew, so that nothing of the old session stays in memory.
 * `failed`: nobody answered, and the session goes on.
 */
export function useSignOut(): { signOut: () => void; failed: boolean } {
  const origin = useApiOrigin()
  const { mutate, isError } = useMutation({
    mutationFn: async () => {
      const { authClient } = await import('./auth-client.ts')
      await authClient(origin).signOut({ fetchOptions: { throw: true } })
    },
    onSuccess: () => window.location.assign(paths.signIn()),
  })
  return { signOut: () => mutate(), failed: isError }
}
