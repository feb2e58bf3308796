import type { Metadata } from 'next'
import { PendingSyncsPage } from '../../../features/pending-syncs/pending-syncs-page.tsx'

export const metadata: Metadata = { title: 'Pending syncs' }

export default function Page() {
  return <PendingSyncsPage />
}
