/** What better-auth answers for a call that failed. https://www.better-auth.com/docs/concepts/client#error-handling */
export interface AuthFailure {
  status: number
  code?: string | undefined
}

/** Belongs to a field, or to the form as a whole. */
export interface AuthProblem {
  field: 'email' | 'password' | null
  message: string
}

const EXISTS: AuthProblem = { field: 'email', message: 'There is already an account with this e-mail address. Sign in instead.' }

const BY_CODE: Record<string, AuthProblem> = {
  INVALID_EMAIL_OR_PASSWORD: { field: null, message: 'The e-mail address or the password is not right.' },
  INVALID_EMAIL: { field: 'email', message: 'Enter a valid e-mail address.' },
  INVALID_PASSWORD: { field: 'password', message: 'The password is not right.' },
  USER_ALREADY_EXISTS: EXISTS,
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: EXISTS,
  PASSWORD_TOO_SHORT: { field: 'password', message: 'This password is too short.' },
  PASSWORD_TOO_LONG: { field: 'password', message: 'This password is too long.' },
  INVALID_TOKEN: { field: null, message: 'This link is no longer valid. Ask for a new one.' },
}

export function authProblem({ status, code }: AuthFailure): AuthProblem {
  if (status === 429) return { field: null, message: 'Too many tries. Please wait a moment and try again.' }
  return BY_CODE[code ?? ''] ?? { field: null, message: 'Something went wrong. Please try again in a moment.' }
}

/** Runs a call of the auth client; answers null when it worked. */
export async function attempt(call: () => Promise<{ error: AuthFailure | null }>): Promise<AuthProblem | null> {
  try {
    const { error } = await call()
    return error ? authProblem(error) : null
  } catch {
    return { field: null, message: 'Unable to reach our servers. Please try again in a moment.' }
  }
}
