import type { z } from 'zod'
import { invalid } from './refusal.ts'

/** The body of a request, or the refusal that an unknown field, a missing one or a wrong value gets. */
export function parseBody<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.') ?? ''
  if (issue?.code === 'unrecognized_keys')
    throw invalid(`Invalid JSON payload received. Unknown name "${issue.keys.join('", "')}" at '${where}': Cannot find field.`)
  throw invalid(`Invalid value at '${where}': ${issue?.message}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid('Invalid JSON payload received. Unexpected end of string.')
  }
}
