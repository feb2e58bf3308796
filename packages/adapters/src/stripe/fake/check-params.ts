import type { z } from 'zod'
import { invalidRequest, type StripeProblem } from './problem.ts'

/** What was sent, as the call understands it. Throws what Stripe says of the first thing that is wrong with it. */
export function checkParams<Schema extends z.ZodType>(schema: Schema, sent: unknown): z.output<Schema> {
  const parsed = schema.safeParse(sent, { reportInput: true })
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw issue ? describe(issue) : parsed.error
}

function describe(issue: z.core.$ZodIssue): StripeProblem | Error {
  const param = nameOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const unknown = nameOf([...issue.path, ...issue.keys.slice(0, 1)])
    return invalidRequest(`Received unknown parameter: ${unknown}`, { code: 'parameter_unknown', param: unknown })
  }
  if (issue.input === undefined) return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  if (issue.input === '')
    return invalidRequest(`You passed an empty string for '${param}'.`, { code: 'parameter_invalid_empty', param })
  if (issue.message === 'not played') return new Error(`the fake does not know what ${param} does`)
  if (issue.code === 'invalid_value')
    return invalidRequest(`Invalid ${param}: must be one of ${issue.values.join(', ')}`, { param })
  if (issue.message === 'integer')
    return invalidRequest(`Invalid integer: ${String(issue.input)}`, { code: 'parameter_invalid_integer', param })
  if (issue.code === 'invalid_format' && issue.format === 'url')
    return invalidRequest('Not a valid URL', { code: 'url_invalid', param })
  if (issue.code === 'invalid_format' && issue.format === 'email')
    return invalidRequest(`Invalid email address: ${String(issue.input)}`, { code: 'email_invalid', param })
  return invalidRequest(`Invalid ${param}: ${issue.message}`, { param })
}

/** `line_items[0][price]` */
function nameOf([first, ...rest]: readonly PropertyKey[]): string {
  return String(first ?? '') + rest.map((key) => `[${String(key)}]`).join('')
}
