import { type AnswerLabels, BUILT_IN_LABELS } from '@gangway/schemas/answer-labels'
import { useQuery } from '@tanstack/react-query'
import { useTRPC } from '../../trpc/client.ts'

/** Questions are published now and then, and not while somebody looks at answers. */
const FRESH_MS = 60_000

/** What steps, questions and answers are called in all that was published; until that is known, in what comes with the product. */
export function useLabels(): AnswerLabels {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.admin.manifests.labels.queryOptions(undefined, { staleTime: FRESH_MS }))
  return data ?? BUILT_IN_LABELS
}
