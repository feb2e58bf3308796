import type { ManifestContent } from '@gangway/schemas/manifest'
import { manifestContentSchema } from '@gangway/schemas/manifest-content'

export interface Problem {
  path: string
  message: string
}

/** What keeps a draft from being published: where, as a dotted path, and what is wrong there. */
export function problemsOf(content: ManifestContent): Problem[] {
  const { error } = manifestContentSchema.safeParse(content)
  return (error?.issues ?? []).map(({ path, message }) => ({ path: path.join('.'), message }))
}

/** The message for exactly this place. */
export function problemAt(problems: readonly Problem[], path: string): string | undefined {
  return problems.find((problem) => problem.path === path)?.message
}

/** How many problems a place has, with everything in it. */
export function problemsIn(problems: readonly Problem[], path: string): number {
  return problems.filter((problem) => problem.path === path || problem.path.startsWith(`${path}.`)).length
}
