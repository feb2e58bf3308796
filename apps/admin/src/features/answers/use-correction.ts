import { type CorrectedAnswers, incompleteCorrectionSchema } from '@gangway/schemas/answer-corrections'
import type { StepIssue } from '@gangway/schemas/questionnaire'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'
import { problemOf } from '../../trpc/problem.ts'

/** A worker takes a correction up within a second. */
const LOOKS = 8
const PAUSE_MS = 300

/** What a completed session was asked and answered. Read once: it is the ground of what is typed. */
export function useCorrectable(sessionId: string) {
  const trpc = useTRPC()
  return useQuery(
    trpc.admin.answers.correctable.queryOptions({ sessionId }, { staleTime: Infinity, gcTime: 0, refetchOnMount: 'always' }),
  )
}

/** Corrects answers of a person. It is pending until they are seen as they are now. */
export function useCorrection(userId: string) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()

  async function waitFor({ sessionId, revision }: CorrectedAnswers): Promise<void> {
    for (let look = 0; look < LOOKS; look++) {
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
      const history = await queryClient.fetchQuery(trpc.admin.answers.byUser.queryOptions({ userId }, { staleTime: 0 }))
      if (history.completions.some((each) => each.snapshot.sessionId === sessionId && each.revision >= revision)) return
    }
  }

  return useMutation(
    trpc.admin.answers.correct.mutationOptions({
      onSuccess: async (corrected) => {
        await waitFor(corrected)
        await Promise.all([
          queryClient.invalidateQueries(trpc.admin.answers.list.pathFilter()),
          queryClient.invalidateQueries(trpc.admin.answers.totals.pathFilter()),
        ])
      },
    }),
  )
}

/** What keeps a session from being complete, as a failed correction tells it; [] for any other failure. */
export function issuesOf(error: unknown): StepIssue[] {
  const { code, details } = problemOf(error)
  if (code !== 'ANSWERS_INCOMPLETE') return []
  return incompleteCorrectionSchema.safeParse(details).data?.issues ?? []
}
