'use client'

import { Button } from '@mantine/core'
import { problemOf } from '../../trpc/problem.ts'
import { CenteredPage } from '../shell/centered-page.tsx'
import { ErrorId } from './problem-notice.tsx'

/** For an error that no part of a page has dealt with. */
export function BrokenPage({ error }: { error: unknown }) {
  const problem = problemOf(error)
  const errorId = problem.errorId || digestOf(error)
  return (
    <CenteredPage title="This page broke" description={problem.message}>
      {errorId ? <ErrorId id={errorId} /> : null}
      {/* The whole page: a part that could not be fetched is not fetched again otherwise. */}
      <Button onClick={() => window.location.reload()}>Try again</Button>
    </CenteredPage>
  )
}

/** Next's id of a failure on the server, which is beside it in the server's log. */
function digestOf(error: unknown): string | null {
  return error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null
}
