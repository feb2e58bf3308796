'use client'

import { ProblemAlert } from '../shell/problem-alert.tsx'

/** What is wrong with a form as a whole, for screens and screen readers alike. */
export function FormProblem({ message }: { message: string | undefined }) {
  return message ? <ProblemAlert problem={{ message, errorId: '' }} /> : null
}
