import type { Metadata } from 'next'
import { PersonPage } from '../../../../features/answers/person-page.tsx'

export const metadata: Metadata = { title: 'Answers of one person' }

export default async function Page({ params }: { params: Promise<{ userId: string }> }) {
  const { userId } = await params
  return <PersonPage userId={userId} />
}
