import type { Metadata } from 'next'
import { FunnelPeoplePage } from '../../../../features/funnel/people-page.tsx'

export const metadata: Metadata = { title: 'People of the funnel' }

export default function Page() {
  return <FunnelPeoplePage />
}
