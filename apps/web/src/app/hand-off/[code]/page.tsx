import type { Metadata } from 'next'
import { HandOffPage } from '../../../features/hand-off/hand-off-page.tsx'

/** The address lets people in: it is told to no other site. */
export const metadata: Metadata = { title: 'A question for you', referrer: 'no-referrer' }

export default async function Page({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params
  return <HandOffPage code={decodeURIComponent(code)} />
}
