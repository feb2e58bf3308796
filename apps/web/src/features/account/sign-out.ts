import { paths } from '../../paths.ts'
import { answers } from '../questionnaire/answers.ts'

/** Ends the session here and forgets what this browser kept. The page is loaded anew, so that memory holds nothing either. */
export async function signOut(origin: string): Promise<void> {
  const { authClient } = await import('./auth-client.ts')
  await authClient(origin).signOut()
  answers.clear()
  window.location.assign(paths.signIn())
}
