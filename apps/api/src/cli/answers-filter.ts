import { assertFilter } from '@gangway/core/answers'
import { GangwayError } from '@gangway/core/errors'
import { type AnswersFilter, answersFilterSchema, answerTextSchema } from '@gangway/schemas/answers'
import { z } from 'zod'
import type { Command } from 'commander'

/** A filter as it is given on the command line. */
export interface FilterOptions {
  role?: string[]
  org?: string
  plan?: string
  variant?: string
  schemaVersion?: string
  answer?: string[]
  text?: string
  from?: Date
  before?: Date
}

const givenSchema = answersFilterSchema.extend({ answers: z.array(answerTextSchema).max(5).optional() })

const OPTION_NAMES: Record<string, string> = {
  ...{ roles: 'role', org: 'org', plan: 'plan', variant: 'variant', text: 'text' },
  ...{ schemaVersion: 'schema-version', answers: 'answer', completedFrom: 'from', completedBefore: 'before' },
}

/** Ends with 2 for what is no filter, and for one that nothing can pass. */
export function filterOf(command: Command, options: FilterOptions): AnswersFilter {
  const parsed = givenSchema.safeParse({
    ...{ roles: options.role, org: options.org, plan: options.plan, variant: options.variant, text: options.text },
    schemaVersion: options.schemaVersion === undefined ? undefined : Number(options.schemaVersion),
    ...{ answers: options.answer, completedFrom: options.from, completedBefore: options.before },
  })
  const [issue] = parsed.error?.issues ?? []
  const wrong = issue ? `--${OPTION_NAMES[String(issue.path[0])] ?? 'filter'}: ${issue.message}` : impossible(parsed.data ?? {})
  if (parsed.success && !wrong) return parsed.data
  return command.error(`error: ${wrong}`, { exitCode: 2 })
}

function impossible(filter: AnswersFilter): string | undefined {
  try {
    assertFilter(filter)
    return undefined
  } catch (error) {
    if (!(error instanceof GangwayError)) throw error
    const { completedFrom, completedBefore } = filter
    const isBackwards = completedFrom && completedBefore && completedBefore < completedFrom
    return isBackwards ? '--before: this is before --from' : '--text: there is no word in it'
  }
}
