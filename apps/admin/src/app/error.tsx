'use client'

import { BrokenPage } from '../features/problem/broken-page.tsx'

export default function ErrorPage({ error }: { error: unknown }) {
  return <BrokenPage error={error} />
}
