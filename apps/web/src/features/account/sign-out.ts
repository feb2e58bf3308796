import { paths } from '../../paths.ts'
import { answers } from '../questionnaire/answers.ts'
import { showToast } from '../shell/toasts.tsx'
import { attempt } from './auth-problem.ts'

/** Ends the session here and forgets what this browser kept. The page is loaded anew, so that memory holds nothing either. */
export async function signOut(origin: string): Promise<void> {
  const { authClient } = await import('./auth-client.ts')
  const problem = await attempt(() => authClient(origin).signOut())
  if (problem) return showToast({ id: 'sign-out', title: 'You are still signed in', message: problem.message, tone: 'problem' })
  answers.clear()
  await import('../telemetry/telemetry.ts').then(({ clearTelemetry }) => clearTelemetry())
  window.location.assign(paths.signIn())
}
