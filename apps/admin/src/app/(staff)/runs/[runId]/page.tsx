import type { Metadata } from 'next'
import { RunPage } from '../../../../features/runs/run-page.tsx'

export const metadata: Metadata = { title: 'One run' }

export default async function Page({ params }: { params: Promise<{ runId: string }> }) {
  const { runId } = await params
  return <RunPage runId={runId} />
}
