import { z } from 'zod'
import type { Operation } from '../openapi/operation.ts'

const HEADERS: Record<string, string> = {
  rootKey: '-H "X-CA-Root-Key: $GANGWAY_ROOT_KEY"',
  session: '-H "Authorization: Bearer $TOKEN"',
  apiKey: '-H "Authorization: Bearer $GANGWAY_API_KEY"',
}

const exampleSchema = z.record(z.string(), z.unknown()).optional()

/** The call as somebody types it; undefined where nobody does. */
export function exampleOf({
  method,
  path,
  operation,
}: {
  method: string
  path: string
  operation: Operation
}): string | undefined {
  if (operation.parameters?.some((parameter) => parameter.in === 'header')) return undefined
  const [scheme] = operation.security.flatMap((each) => Object.keys(each))
  const example = exampleSchema.parse(operation.requestBody?.content['application/json']?.example)
  const parts = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$GANGWAY_URL${path}"`,
    scheme && HEADERS[scheme],
    example && `--json '${JSON.stringify(example, null, 2)}'`,
  ]
  return parts.filter(Boolean).join(' \\\n')
}
