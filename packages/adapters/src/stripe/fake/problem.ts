/** What Stripe says in the place of an answer. https://docs.stripe.com/api/errors */
export interface ProblemFields {
  type: 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'
  message: string
  code?: string
  param?: string
  decline_code?: string
}

export class StripeProblem extends Error {
  override readonly name = 'StripeProblem'
  readonly status: number
  readonly fields: ProblemFields

  constructor(status: number, fields: ProblemFields) {
    super(fields.message)
    this.status = status
    this.fields = fields
  }
}

export function invalidRequest(message: string, rest: { code?: string; param?: string } = {}): StripeProblem {
  return new StripeProblem(400, { type: 'invalid_request_error', message, ...rest })
}

/** 404 for what the address names, 400 for what a parameter names. */
export function noSuch(noun: string, id: string, param?: string): StripeProblem {
  const fields = { code: 'resource_missing', param: param ?? 'id', message: `No such ${noun}: '${id}'` }
  return new StripeProblem(param === undefined ? 404 : 400, { type: 'invalid_request_error', ...fields })
}

/** Bodies of failures that no request of ours can bring about, for faults. */
export const PROBLEMS = {
  rateLimit: {
    status: 429,
    body: { error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' } },
  },
  lockTimeout: {
    status: 429,
    body: {
      error: {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message: 'This object cannot be accessed right now because another API request or Stripe process is accessing it.',
      },
    },
  },
  cardDeclined: {
    status: 402,
    body: {
      error: {
        type: 'card_error',
        code: 'card_declined',
        decline_code: 'generic_decline',
        message: 'Your card was declined.',
      },
    },
  },
  apiError: { status: 500, body: { error: { type: 'api_error', message: 'An unknown error occurred.' } } },
} as const satisfies Record<string, { status: number; body: { error: ProblemFields } }>
