import { classify } from '@gangway/core/errors'
import { saveConflictSchema, stepIssuesSchema } from '@gangway/schemas/onboarding'
import type { RestError } from '@gangway/schemas/rest/errors'
import { z } from 'zod'
import { problemOf } from '../trpc/problem.ts'
import { progressOf } from './routes/onboarding-views.ts'
import { snakeCase } from './snake-case.ts'

export interface RestProblem {
  status: number
  /** Seconds, where it is known when to come back. */
  retryAfter: number | undefined
  body: RestError
}

/** What REST answers a failure with: the same code, message and id as everywhere, in its own names. */
export function restProblemOf(error: Error): RestProblem {
  const { code, message, errorId, details } = problemOf(error)
  const { fields, ...others } = describe(code, details)
  return {
    status: classify(error).status,
    retryAfter: secondsUntil(others['resets_at']),
    body: {
      ...{ error: code, message, error_id: errorId },
      ...(fields && { fields }),
      ...(Object.keys(others).length > 0 && { details: others }),
    },
  }
}

type Described = Record<string, unknown> & Pick<RestError, 'fields'>

function describe(code: string, details: unknown): Described {
  if (code === 'REVISION_CONFLICT') {
    const { session, conflicts } = saveConflictSchema.parse(details)
    return { progress: progressOf(session), conflicts }
  }
  if (code === 'ANSWERS_INCOMPLETE') {
    const { session, issues } = stepIssuesSchema.parse(details)
    const fields = issues.map(({ step, field, message }) => ({ field: field ? `${step}.${field}` : step, message }))
    return { progress: progressOf(session), fields }
  }
  const { fields, ...others } = anyDetails.parse(details ?? {})
  // Fields of a step are the questionnaire's, and not REST's.
  const named = others['step'] === undefined ? fields?.map(fieldOf) : fields?.map(answerOf)
  return { ...snakeCase(others), ...(named && { fields: named }) }
}

const namedField = z.union([
  z.string(),
  z.object({ field: z.string(), message: z.string() }),
  z.object({ path: z.string(), message: z.string() }).transform(({ path, message }) => ({ field: path, message })),
])
const anyDetails = z.looseObject({ fields: z.array(namedField).optional() })

/** Core names fields without a reason where there is only one, and those of a filter as parts of it. */
const REASONS: Record<string, string> = {
  cursor: 'This is not the next_cursor of a page of this list, or not for this filter.',
  mutation_id: 'This id was used for another change.',
  text: 'There is no word in it.',
}

function fieldOf(field: z.output<typeof namedField>): { field: string; message: string } {
  if (typeof field !== 'string') return field
  const [name = ''] = Object.keys(snakeCase({ [field.replace(/^filter\./, '')]: true }))
  return { field: name, message: REASONS[name] ?? 'This is not valid here.' }
}

function answerOf(field: z.output<typeof namedField>): { field: string; message: string } {
  return typeof field === 'string' ? { field: `patch.${field}`, message: 'This step does not ask for it.' } : field
}

function secondsUntil(time: unknown): number | undefined {
  if (typeof time !== 'string') return undefined
  return Math.max(1, Math.ceil((Date.parse(time) - Date.now()) / 1000))
}
