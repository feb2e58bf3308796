import { type Problem, problemSchema } from '@gangway/schemas/errors'
import { TRPCClientError } from '@trpc/client'

/** When no answer came at all: nothing was logged, so there is no id. */
const UNREACHABLE: Problem = {
  code: 'NETWORK_UNREACHABLE',
  message: 'Unable to reach our servers. Please try again in a moment.',
  errorId: '',
  retry: 'transient',
}

/** For what broke on this side; its own text is never shown. */
const UNKNOWN: Problem = { code: 'UNKNOWN', message: 'Something went wrong.', errorId: '', retry: 'never' }

/** What to tell people about a failed call. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof TRPCClientError)) return UNKNOWN
  const problem = problemSchema.safeParse(error.data?.problem)
  return problem.success ? problem.data : UNREACHABLE
}
