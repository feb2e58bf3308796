'use client'

import { BrokenPage } from '../features/problem/broken-page.tsx'

export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <BrokenPage error={error} retry={retry} />
}
