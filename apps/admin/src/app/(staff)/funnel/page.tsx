import type { Metadata } from 'next'
import { FunnelPage } from '../../../features/funnel/funnel-page.tsx'

export const metadata: Metadata = { title: 'Funnel' }

export default function Page() {
  return <FunnelPage />
}
