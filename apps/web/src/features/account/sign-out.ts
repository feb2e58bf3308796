import { paths } from '../../paths.ts'
import { outbox } from '../offline/outbox.ts'
import { forgetPages } from '../offline/service-worker.ts'
import { answers } from '../questionnaire/answers.ts'
import { showToast } from '../shell/toasts.tsx'
import { attempt } from './auth-problem.ts'

/** Ends the session here and forgets what this browser kept. The page is loaded anew, so that memory holds nothing either. */
export async function signOut(origin: string): Promise<void> {
  const { authClient } = await import('./auth-client.ts')
  const problem = await attempt(() => authClient(origin).signOut())
  if (problem) return showToast({ id: 'sign-out', title: 'You are still signed in', message: problem.message, tone: 'problem' })
  answers.clear()
  const forgetTelemetry = import('../telemetry/telemetry.ts').then(({ clearTelemetry }) => clearTelemetry())
  await Promise.all([outbox.change(() => []), forgetPages(), forgetTelemetry])
  window.location.assign(paths.signIn())
}
