import type { Metadata } from 'next'
import { DraftPage } from '../../../../../features/manifest/draft-page.tsx'

export const metadata: Metadata = { title: 'A draft of the questions' }

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return <DraftPage key={id} id={id} />
}
