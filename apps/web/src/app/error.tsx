'use client'

import { StatusPage } from '../features/shell/status-page.tsx'

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <StatusPage
      title="Something went wrong"
      text="This page has stopped working. What you typed and paid for is safe."
      errorId={error.digest}
      onRetry={reset}
    />
  )
}
