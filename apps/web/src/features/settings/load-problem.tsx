import { Button } from '@mantine/core'
import { problemOf } from '../../trpc/problem.ts'
import { ProblemAlert } from '../shell/problem-alert.tsx'

/** A list that could not be loaded, and a way to try again. */
export function LoadProblem({ title, query }: { title: string; query: { error: unknown; refetch: () => Promise<unknown> } }) {
  return (
    <ProblemAlert title={title} problem={problemOf(query.error)}>
      <Button size="xs" variant="default" onClick={() => void query.refetch()}>
        Try again
      </Button>
    </ProblemAlert>
  )
}
