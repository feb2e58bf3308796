import { paths } from '../../paths.ts'
import { useAuth } from '../../trpc/auth.ts'

/** Ends the session and loads the sign-in page anew, so that nothing of the old session stays in memory. */
export function useSignOut(): () => Promise<void> {
  const auth = useAuth()
  return async () => {
    await auth.signOut()
    window.location.assign(paths.signIn())
  }
}
