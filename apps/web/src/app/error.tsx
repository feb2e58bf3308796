'use client'

import { StatusPage } from '../features/shell/status-page.tsx'

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  return (
    <StatusPage
      title="Something went wrong"
      text="This page has stopped working. What you typed and paid for is safe."
      errorId={error.digest}
      // The whole page: a part that could not be fetched is not fetched again otherwise.
      onRetry={() => window.location.reload()}
    />
  )
}
